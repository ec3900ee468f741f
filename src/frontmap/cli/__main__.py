"""The same program by ``python -m frontmap.cli``."""

from frontmap.cli import main

if __name__ == "__main__":
    main()
