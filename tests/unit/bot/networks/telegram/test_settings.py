import subprocess
import sys


def test_naming_the_settings_loads_no_library_of_telegrams() -> None:
    code = (
        "import sys, bot.networks.telegram; "
        "print([name for name in ('telegram', 'httpx') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "[]" == ran.stdout.strip()
