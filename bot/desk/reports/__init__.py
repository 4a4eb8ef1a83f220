"""What is told of a period without anybody compiling it, and what people note down for a report."""
