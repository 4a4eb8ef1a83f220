"""The wheel is the same product as a checkout: everything travels, and it starts from anywhere."""

import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("agreements", "migrations")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, and lay it out as an installer does."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("kept_bot-*-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def files_in(folder: Path) -> Iterable[str]:
    for path in folder.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc":
            yield path.relative_to(folder).as_posix()


def ran(site: Path, folder: Path, code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={"PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("package", ["bot", "slacore"])
def test_every_file_of_a_package_travels_pages_and_pictures_too(site: Path, package: str) -> None:
    assert set(files_in(ROOT / package)) <= set(files_in(site / package))


@pytest.mark.parametrize("name", SHIPPED)
def test_what_stands_at_the_top_of_a_checkout_travels_under_bot_shipped(site: Path, name: str) -> None:
    wanted = set(files_in(ROOT / name))
    assert wanted
    assert wanted == set(files_in(site / "bot" / "shipped" / name))


def test_nothing_else_lands_beside_the_two_packages(site: Path) -> None:
    tops = {path.name for path in site.iterdir()}
    assert {name for name in tops if not name.endswith(".dist-info")} == {"bot", "slacore"}
    assert not list(site.rglob("*.pyc"))


def test_the_command_kept_is_declared(site: Path) -> None:
    (entry_points,) = site.glob("*.dist-info/entry_points.txt")
    assert "kept = bot.__main__:main" in entry_points.read_text()


@pytest.mark.parametrize("name", [*SHIPPED, "app.yaml"])
def test_the_installed_product_finds_what_travels_with_it(site: Path, tmp_path: Path, name: str) -> None:
    found = ran(site, tmp_path, f"from bot.files import shipped; print(shipped({name!r}))")
    assert found == str(site / "bot" / "shipped" / name)
    assert Path(found).exists()


def test_the_installed_product_knows_its_version(site: Path, tmp_path: Path) -> None:
    found = ran(site, tmp_path, "from bot.files import release; print(release())")
    assert f"kept_bot-{found}.dist-info" in {path.name for path in site.iterdir()}


def test_the_installed_product_starts_with_company_x_from_any_folder(site: Path, tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from bot.settings import read_settings;"
        "print(*read_settings({}, Path.cwd()).rehearsal.agreements)"
    )
    found = ran(site, tmp_path, code).split()
    assert found[0] == str(site / "bot" / "shipped" / "agreements" / "company-x.yaml")
    assert all(Path(each).is_file() for each in found)
