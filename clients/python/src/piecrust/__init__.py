"""PieCrust from Python: campaigns over transcoder features, and their results as data frames.

    import piecrust as pc
    campaign = pc.run("demo/demo.yaml").wait()
    campaign.features_df()

``run`` uses the PieCrust of ``PIECRUST_SERVER``, or else starts one on this machine.
"""

from .api import Api
from .campaign import Campaign
from .client import Client, client, connect, run, start
from .errors import NotFinished, NotStarted, PieCrustError, Refused
from .figure import Figure

__version__ = "0.7.0"

__all__ = [
    "Api",
    "Campaign",
    "Client",
    "Figure",
    "NotFinished",
    "NotStarted",
    "PieCrustError",
    "Refused",
    "client",
    "connect",
    "run",
    "start",
]
