"""What every store does. A subclass gives the fixture `store`: an open, empty store."""

from tests.contracts.conditions import WhatIsRefused
from tests.contracts.keeping import WhatIsKept
from tests.contracts.loading import WhatIsLoaded
from tests.contracts.merging import WhatIsMerged


class StoreContract(WhatIsKept, WhatIsRefused, WhatIsMerged, WhatIsLoaded):
    """The port, sentence by sentence."""
