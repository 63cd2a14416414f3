#!/bin/bash
# As in the real image, the shell stays the first process: a signal to stop does not get to Celery.
cd src && python -m celery -A main worker --loglevel=DEBUG
