"""The process in which peers are measured, on a new site; `python -m bench peers` starts it."""

from bench.own_site import print_report

if __name__ == "__main__":
    print_report("bench.peers.measures", durable=True)
