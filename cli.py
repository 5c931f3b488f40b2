"""The `slugline` command: mounts each app's commands; the only place where errors become text and exit codes."""


def main() -> None:
    """Run the command line."""
