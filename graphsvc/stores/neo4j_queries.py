"""Every Cypher text the store sends. Literals with parameters, one per kind where an index needs the label.

A relationship belongs to the record at its start (`LOCATED_IN|ACTS_IN|…`) or at its end (`PARTY_TO|…`); link
types join two actors and are records themselves.
"""

from graphsvc.domain.records import RecordKind

_READ = """
RETURN elementId(n) AS node, labels(n) AS labels, properties(n) AS properties,
  [(n)-[r:WITHIN|BROADER|SUCCEEDS|PART_OF|LOCATED_IN|WORKS_ON|ACTS_IN|NEEDS_SKILL|OFFERS_SKILL|FUNDED_BY
    |ADOPTS]->(m) | [type(r), m.id, properties(r)]] +
  [(n)<-[r:PARTY_TO|TAKES_PART_IN|PUBLISHES|TELLS|ATTENDED]-(m) | [type(r), m.id, properties(r)]] AS drawn
"""

# $ids -> the records of a kind, in no order
READ_MANY: dict[RecordKind, str] = {
    RecordKind.PLACE: "UNWIND $ids AS id MATCH (n:Place {id: id})" + _READ,
    RecordKind.THEME: "UNWIND $ids AS id MATCH (n:Theme {id: id})" + _READ,
    RecordKind.SKILL: "UNWIND $ids AS id MATCH (n:Skill {id: id})" + _READ,
    RecordKind.ACTOR: "UNWIND $ids AS id MATCH (n:Actor {id: id})" + _READ,
    RecordKind.AGREEMENT: "UNWIND $ids AS id MATCH (n:Agreement {id: id})" + _READ,
    RecordKind.PROJECT: "UNWIND $ids AS id MATCH (n:Project {id: id})" + _READ,
    RecordKind.ANNOUNCEMENT: "UNWIND $ids AS id MATCH (n:Announcement {id: id})" + _READ,
    RecordKind.EXPERIENCE: "UNWIND $ids AS id MATCH (n:Experience {id: id})" + _READ,
    RecordKind.CALL: "UNWIND $ids AS id MATCH (n:Call {id: id})" + _READ,
    RecordKind.EVENT: "UNWIND $ids AS id MATCH (n:Event {id: id})" + _READ,
}

# all records of a kind, in no order
READ_ALL: dict[RecordKind, str] = {
    RecordKind.PLACE: "MATCH (n:Place)" + _READ,
    RecordKind.THEME: "MATCH (n:Theme)" + _READ,
    RecordKind.SKILL: "MATCH (n:Skill)" + _READ,
    RecordKind.ACTOR: "MATCH (n:Actor)" + _READ,
    RecordKind.AGREEMENT: "MATCH (n:Agreement)" + _READ,
    RecordKind.PROJECT: "MATCH (n:Project)" + _READ,
    RecordKind.ANNOUNCEMENT: "MATCH (n:Announcement)" + _READ,
    RecordKind.EXPERIENCE: "MATCH (n:Experience)" + _READ,
    RecordKind.CALL: "MATCH (n:Call)" + _READ,
    RecordKind.EVENT: "MATCH (n:Event)" + _READ,
}

# $ids -> [id, node]: where the current records of a kind are
NODES: dict[RecordKind, str] = {
    RecordKind.PLACE: "UNWIND $ids AS id MATCH (n:Place {id: id}) RETURN id, elementId(n) AS node",
    RecordKind.THEME: "UNWIND $ids AS id MATCH (n:Theme {id: id}) RETURN id, elementId(n) AS node",
    RecordKind.SKILL: "UNWIND $ids AS id MATCH (n:Skill {id: id}) RETURN id, elementId(n) AS node",
    RecordKind.ACTOR: "UNWIND $ids AS id MATCH (n:Actor {id: id}) RETURN id, elementId(n) AS node",
    RecordKind.AGREEMENT: "UNWIND $ids AS id MATCH (n:Agreement {id: id}) RETURN id, elementId(n) AS node",
    RecordKind.PROJECT: "UNWIND $ids AS id MATCH (n:Project {id: id}) RETURN id, elementId(n) AS node",
    RecordKind.ANNOUNCEMENT: (
        "UNWIND $ids AS id MATCH (n:Announcement {id: id}) RETURN id, elementId(n) AS node"
    ),
    RecordKind.EXPERIENCE: "UNWIND $ids AS id MATCH (n:Experience {id: id}) RETURN id, elementId(n) AS node",
    RecordKind.CALL: "UNWIND $ids AS id MATCH (n:Call {id: id}) RETURN id, elementId(n) AS node",
    RecordKind.EVENT: "UNWIND $ids AS id MATCH (n:Event {id: id}) RETURN id, elementId(n) AS node",
}

# how many records of a kind
COUNT: dict[RecordKind, str] = {
    RecordKind.PLACE: "MATCH (n:Place) RETURN count(n) AS number",
    RecordKind.THEME: "MATCH (n:Theme) RETURN count(n) AS number",
    RecordKind.SKILL: "MATCH (n:Skill) RETURN count(n) AS number",
    RecordKind.ACTOR: "MATCH (n:Actor) RETURN count(n) AS number",
    RecordKind.AGREEMENT: "MATCH (n:Agreement) RETURN count(n) AS number",
    RecordKind.PROJECT: "MATCH (n:Project) RETURN count(n) AS number",
    RecordKind.ANNOUNCEMENT: "MATCH (n:Announcement) RETURN count(n) AS number",
    RecordKind.EXPERIENCE: "MATCH (n:Experience) RETURN count(n) AS number",
    RecordKind.CALL: "MATCH (n:Call) RETURN count(n) AS number",
    RecordKind.EVENT: "MATCH (n:Event) RETURN count(n) AS number",
}

# $ids -> the links; one branch per type, found by its index (the hint counts: a plan made while the store
# is empty would walk the actors).
_FIND_LINKS = """
UNWIND $ids AS id
CALL (id) {
  MATCH (a)-[r:TWINNED_WITH {id: id}]->(b) USING INDEX r:TWINNED_WITH(id) RETURN r, a, b
  UNION ALL
  MATCH (a)-[r:COOPERATES_WITH {id: id}]->(b) USING INDEX r:COOPERATES_WITH(id) RETURN r, a, b
  UNION ALL
  MATCH (a)-[r:PARTNER_OF {id: id}]->(b) USING INDEX r:PARTNER_OF(id) RETURN r, a, b
  UNION ALL
  MATCH (a)-[r:EXCHANGES_WITH {id: id}]->(b) USING INDEX r:EXCHANGES_WITH(id) RETURN r, a, b
  UNION ALL
  MATCH (a)-[r:ADVISES {id: id}]->(b) USING INDEX r:ADVISES(id) RETURN r, a, b
  UNION ALL
  MATCH (a)-[r:ACTS_WITH {id: id}]->(b) USING INDEX r:ACTS_WITH(id) RETURN r, a, b
  UNION ALL
  MATCH (a)-[r:FUNDS {id: id}]->(b) USING INDEX r:FUNDS(id) RETURN r, a, b
  UNION ALL
  MATCH (a)-[r:MEMBER_OF {id: id}]->(b) USING INDEX r:MEMBER_OF(id) RETURN r, a, b
  UNION ALL
  MATCH (a)-[r:HOSTS {id: id}]->(b) USING INDEX r:HOSTS(id) RETURN r, a, b
  UNION ALL
  MATCH (a)-[r:LENDS_STAFF_TO {id: id}]->(b) USING INDEX r:LENDS_STAFF_TO(id) RETURN r, a, b
  UNION ALL
  MATCH (a)-[r:TRADES_WITH {id: id}]->(b) USING INDEX r:TRADES_WITH(id) RETURN r, a, b
  UNION ALL
  MATCH (a)-[r:OPERATES_FOR {id: id}]->(b) USING INDEX r:OPERATES_FOR(id) RETURN r, a, b
  UNION ALL
  MATCH (a)-[r:COORDINATES {id: id}]->(b) USING INDEX r:COORDINATES(id) RETURN r, a, b
  UNION ALL
  MATCH (a)-[r:MET {id: id}]->(b) USING INDEX r:MET(id) RETURN r, a, b
  UNION ALL
  MATCH (a)-[r:INTERVIEWED {id: id}]->(b) USING INDEX r:INTERVIEWED(id) RETURN r, a, b
  UNION ALL
  MATCH (a)-[r:INTRODUCED_TO {id: id}]->(b) USING INDEX r:INTRODUCED_TO(id) RETURN r, a, b
}
"""
_READ_LINK = """
RETURN r.id AS id, elementId(r) AS node, type(r) AS type, properties(r) AS properties,
  a.id AS actor_a, b.id AS actor_b
"""
_ALL_LINKS = """
MATCH (a:Actor)-[r:TWINNED_WITH|COOPERATES_WITH|PARTNER_OF|EXCHANGES_WITH|ADVISES|ACTS_WITH|FUNDS|MEMBER_OF
  |HOSTS|LENDS_STAFF_TO|TRADES_WITH|OPERATES_FOR|COORDINATES|MET|INTERVIEWED|INTRODUCED_TO]->(b:Actor)
"""
READ_LINKS = _FIND_LINKS + _READ_LINK
READ_ALL_LINKS = _ALL_LINKS + _READ_LINK
NODES_OF_LINKS = _FIND_LINKS + "RETURN id, elementId(r) AS node"
NODES_OF_ALL_LINKS = _ALL_LINKS + "RETURN r.id AS id, elementId(r) AS node"
COUNT_LINKS = """
MATCH ()-[r:TWINNED_WITH|COOPERATES_WITH|PARTNER_OF|EXCHANGES_WITH|ADVISES|ACTS_WITH|FUNDS|MEMBER_OF
  |HOSTS|LENDS_STAFF_TO|TRADES_WITH|OPERATES_FOR|COORDINATES|MET|INTERVIEWED|INTRODUCED_TO]->()
RETURN count(r) AS number
"""

# --- who refers to a record -------------------------------------------------------------------------------
# $nodes -> [target, labels, id]: the nodes whose own relationships touch these nodes.
REFERRERS = """
UNWIND $nodes AS node
MATCH (n) WHERE elementId(n) = node
CALL (n) {
  MATCH (n)<-[:WITHIN|BROADER|SUCCEEDS|PART_OF|LOCATED_IN|WORKS_ON|ACTS_IN|NEEDS_SKILL|OFFERS_SKILL
    |FUNDED_BY|ADOPTS]-(s)
  RETURN s
  UNION
  MATCH (n)-[:PARTY_TO|TAKES_PART_IN|PUBLISHES|TELLS|ATTENDED]->(s) RETURN s
}
RETURN n.id AS target, labels(s) AS labels, s.id AS id
"""
# $nodes -> [target, id]: the links of these actors.
LINKS_OF = """
UNWIND $nodes AS node
MATCH (n) WHERE elementId(n) = node
MATCH (n)-[r:TWINNED_WITH|COOPERATES_WITH|PARTNER_OF|EXCHANGES_WITH|ADVISES|ACTS_WITH|FUNDS|MEMBER_OF
  |HOSTS|LENDS_STAFF_TO|TRADES_WITH|OPERATES_FOR|COORDINATES|MET|INTERVIEWED|INTRODUCED_TO]-()
RETURN n.id AS target, r.id AS id
"""
# $ids -> [target, id]: the links that name these themes, or these territories (a scan: it is rare).
LINKS_ON_THEMES = (
    _ALL_LINKS + "UNWIND r.themes AS target WITH r, target WHERE target IN $ids RETURN target, r.id AS id"
)
LINKS_IN_PLACES = (
    _ALL_LINKS
    + "UNWIND r.territories AS target WITH r, target WHERE target IN $ids RETURN target, r.id AS id"
)

# --- writing ----------------------------------------------------------------------------------------------
CREATE_NODES = """
UNWIND $rows AS row
CREATE (n:$(row.labels)) SET n = row.properties
RETURN row.properties.id AS id, elementId(n) AS node
"""
UPDATE_NODES = """
UNWIND $rows AS row
MATCH (n) WHERE elementId(n) = row.node
REMOVE n:$(row.old) SET n:$(row.labels), n = row.properties
"""
ERASE_DRAWN = """
UNWIND $nodes AS node
MATCH (n) WHERE elementId(n) = node
CALL (n) {
  MATCH (n)-[r:WITHIN|BROADER|SUCCEEDS|PART_OF|LOCATED_IN|WORKS_ON|ACTS_IN|NEEDS_SKILL|OFFERS_SKILL
    |FUNDED_BY|ADOPTS]->()
  DELETE r
  UNION ALL
  MATCH (n)<-[r:PARTY_TO|TAKES_PART_IN|PUBLISHES|TELLS|ATTENDED]-() DELETE r
}
"""
CREATE_EDGES = """
UNWIND $rows AS row
MATCH (a) WHERE elementId(a) = row.start
MATCH (b) WHERE elementId(b) = row.end
CREATE (a)-[r:$(row.type)]->(b) SET r = row.properties
"""
UPDATE_EDGES = "UNWIND $rows AS row MATCH ()-[r]->() WHERE elementId(r) = row.node SET r = row.properties"
DELETE_NODES = "UNWIND $nodes AS node MATCH (n) WHERE elementId(n) = node DETACH DELETE n"
DELETE_EDGES = "UNWIND $nodes AS node MATCH ()-[r]->() WHERE elementId(r) = node DELETE r"
CREATE_CHANGES = "UNWIND $rows AS row CREATE (c:Change) SET c = row"
MERGE_CHANGES = """
UNWIND $rows AS row
MERGE (c:Change {revision: row.revision, kind: row.kind, id: row.id}) ON CREATE SET c = row
"""
SET_WITHDRAWN = """
UNWIND $rows AS row
MERGE (w:Withdrawn {kind: row.kind, id: row.id}) SET w.version = row.version
"""
UNSET_WITHDRAWN = "UNWIND $rows AS row MATCH (w:Withdrawn {kind: row.kind, id: row.id}) DELETE w"
SET_KEYS = """
UNWIND $rows AS row
MERGE (k:Key {kind: row.kind, key: row.key}) SET k.owner = row.owner, k.merged = row.merged
"""
DROP_KEYS = "UNWIND $rows AS row MATCH (k:Key {kind: row.kind, key: row.key}) DELETE k"

# --- keys, history, the store itself ----------------------------------------------------------------------
KEYS = """
UNWIND $ids AS id MATCH (k:Key {kind: $kind, key: id})
RETURN k.key AS key, k.owner AS owner, k.merged AS merged
"""
KEYS_OF = """
UNWIND $ids AS id MATCH (k:Key {kind: $kind, owner: id})
RETURN k.key AS key, k.owner AS owner, k.merged AS merged
"""
COUNT_KEYS = "MATCH (k:Key) RETURN count(k) AS number"
COUNT_WITHDRAWN = "MATCH (w:Withdrawn) RETURN count(w) AS number"
WITHDRAWN = "UNWIND $ids AS id MATCH (w:Withdrawn {kind: $kind, id: id}) RETURN id, w.version AS version"
HISTORY = "MATCH (c:Change {kind: $kind, id: $id}) RETURN properties(c) AS change"
REVISION_BEYOND = """
MATCH (c:Change) WHERE c.revision > $revision
RETURN c.revision AS revision ORDER BY c.revision SKIP $limit LIMIT 1
"""
NEXT_REVISION = "MATCH (c:Change) WHERE c.revision > $revision RETURN min(c.revision) AS revision"
FEED = "MATCH (c:Change) WHERE c.revision > $revision AND c.revision <= $last RETURN properties(c) AS change"
ANSWER = "MATCH (a:Answer {key: $key}) RETURN a.fingerprint AS fingerprint, a.revision AS revision"
SET_ANSWER = "CREATE (a:Answer {key: $key, fingerprint: $fingerprint, revision: $revision})"
STORE = (
    "MATCH (s:Store {one: 1}) RETURN s.store_id AS store_id, s.schema AS schema, s.revision AS revision,"
    " s.loading AS loading"
)
# The lock on this node makes writes follow each other.
LOCK_STORE = (
    "MATCH (s:Store {one: 1}) SET s.locked = true RETURN s.store_id AS store_id, s.schema AS schema,"
    " s.revision AS revision, s.loading AS loading"
)
SET_REVISION = "MATCH (s:Store {one: 1}) SET s.revision = $revision"
SET_LOADING = "MATCH (s:Store {one: 1}) SET s.loading = $loading"
