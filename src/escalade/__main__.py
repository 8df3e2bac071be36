"""``python -m escalade`` is ``escalade``."""

from escalade.cli.main import main

if __name__ == "__main__":
    main(prog_name="escalade")
