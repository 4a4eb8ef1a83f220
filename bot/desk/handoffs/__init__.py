"""What one party gives another: logged or raised, accepted, disputed, undone, corrected."""
