"""The databases: what is written to them, and the checksums that have to be found in Kafka."""
import hashlib, re, time

MASK = (1 << 64) - 1
CHUNK = 1000


class Expected(dict):
    """What a reader has to find: rows, checksum, nothing twice, nothing out of order."""

    def __init__(self, rows, checksum):
        super().__init__(rows=rows, checksum=int(checksum) & MASK, twice=0, disorder=0)


class Postgres:
    """A table of ten columns, about 120 bytes a row."""
    namespace, shape = "public", "rows"
    CREATE = """create table bench(id bigint primary key, a int not null, b int, c bigint, d numeric(12,2), e text, f text,
        g timestamptz, h boolean, i date)"""
    FILL = """insert into bench select n, n %% 1000, case when n %% 10 > 0 then n %% 77 end, n * 7919,
        (n %% 100000) / 100.0, 'name ' || n, md5(n::text), timestamptz '2026-01-01' + n * interval '1 second', n %% 2 = 0,
        date '2026-01-01' + (n %% 365)::int from generate_series(%s::bigint, %s::bigint) n"""
    UPDATE = "update bench set a = a + 1, g = g + interval '1 microsecond' where id between %s and %s"
    SUM = """select count(*), coalesce(sum(('x' || substr(md5('{op}|' || concat_ws('|', id, a - {back}, coalesce(b::text, 'null'), c,
        d, e, f, (extract(epoch from g) * 1000000)::bigint - {back}, h::text, i - date '1970-01-01')), 1, 15))::bit(60)::bigint), 0)
        from bench where id > %s and id <= %s"""

    def __init__(self, machine, database):
        self.database, self.last, self.seeds = database, 0, 0
        found = re.match(r"jdbc:postgresql://([^:]+):(\d+)/(\w+)", machine.endpoints["postgres.jdbc.url"])
        self.host, self.port = found[1], found[2]
        self.user, self.password = machine.endpoints["postgres.user"], machine.endpoints["postgres.password"]
        with self._connect(found[3]) as admin:
            admin.execute(f"create database {database}")
        self.connection = self._connect(database)
        self.connection.execute(self.CREATE)

    def _connect(self, database):
        import psycopg
        return psycopg.connect(host=self.host, port=self.port, dbname=database, user=self.user, password=self.password, autocommit=True)

    @property
    def url(self):
        return f"jdbc:postgresql://{self.host}:{self.port}/{self.database}"

    def vaultline(self):
        return ["type: postgres", f"url: {self.url}", f"user: {self.user}", f'password: "{self.password}"']

    def debezium(self, label, slot):
        return {
            "connector.class": "io.debezium.connector.postgresql.PostgresConnector",
            "plugin.name": "pgoutput", "slot.name": slot, "publication.name": label, "publication.autocreate.mode": "filtered",
            "message.prefix.exclude.list": ".*",  # of ours, which beats in the same database
            "database.hostname": self.host, "database.port": self.port, "database.dbname": self.database,
            "database.user": self.user, "database.password": self.password, "table.include.list": "public.bench",
        }

    def seed(self):
        """One change that no count includes: its id is below 0."""
        self.seeds += 1
        self.connection.execute(self.FILL, (-self.seeds, -self.seeds))

    def fill(self, rows):
        """Rows at once, for a snapshot."""
        self.connection.execute(self.FILL, (self.last + 1, self.last + rows))
        self.connection.execute("vacuum analyze bench")
        first, self.last = self.last, self.last + rows
        return self._expected("r", first, 0)

    def change(self, changes):
        """As many changes, half of them inserts, half updates, in transactions of 1,000."""
        first = self.last
        while self.last - first < changes // 2:
            until = min(self.last + CHUNK, first + changes // 2)
            self.connection.execute(self.FILL, (self.last + 1, until))
            self.connection.execute(self.UPDATE, (self.last + 1, until))
            self.last = until
        inserts, updates = self._expected("c", first, 1), self._expected("u", first, 0)
        return Expected(inserts["rows"] + updates["rows"], inserts["checksum"] + updates["checksum"])

    def insert_at_once(self, rows):
        """One transaction."""
        first, self.last = self.last, self.last + rows
        self.connection.execute(self.FILL, (first + 1, self.last))
        return self._expected("c", first, 0)

    def insert(self, rows):
        """One transaction whose sum is asked for later."""
        self.connection.execute(self.FILL, (self.last + 1, self.last + rows))
        self.last += rows

    def inserted(self, rows):
        """What the newest inserts have to have made."""
        return self._expected("c", self.last - rows, 0)

    def _expected(self, operation, first, back):
        rows, checksum = self.connection.execute(self.SUM.format(op=operation, back=back), (first, self.last)).fetchone()
        return Expected(rows, checksum)

    def forget(self, tool):
        """Nothing that the tool left holds the log back."""
        self.connection.execute("checkpoint")
        deadline = time.monotonic() + 30
        while self.connection.execute("select 1 from pg_replication_slots where slot_name = %s and active", (tool.slot,)).fetchone():
            if time.monotonic() > deadline:
                break
            time.sleep(0.1)
        self.connection.execute("select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = %s", (tool.slot,))

    def close(self):
        self.connection.close()
        with self._connect("postgres") as admin:
            admin.execute(f"drop database {self.database} with (force)")


class Mongo:
    """Documents with a nested one and an array of three items."""
    shape = "documents"

    def __init__(self, machine, database):
        import pymongo
        self.namespace, self.last, self.seeds = database, 0, 0
        self.uri = machine.endpoints["mongodb.uri"]
        self.client = pymongo.MongoClient(self.uri)
        self.collection = self.client[database].create_collection("bench")

    def vaultline(self):
        return ["type: mongodb", f'uri: "{self.uri}"', f"database: {self.namespace}"]

    def debezium(self, label, slot):
        return {
            "connector.class": "io.debezium.connector.mongodb.MongoDbConnector", "mongodb.connection.string": self.uri,
            "capture.scope": "database", "capture.target": self.namespace, "collection.include.list": f"{self.namespace}.bench",
        }

    @staticmethod
    def document(number):
        items = [{"product": f"product {number % 500 + k}", "quantity": k + 1, "price": (number + k) % 4000 / 4} for k in range(3)]
        return {"_id": number, "status": "new", "address": {"city": f"city {number % 100}", "zip": number % 90000}, "items": items}

    @staticmethod
    def checksum(operation, document, status):
        address = document["address"]
        parts = [operation, document["_id"], status, address["city"], address["zip"]]
        for item in document["items"]:
            parts += [item["product"], item["quantity"], int(item["price"] * 4)]
        return int(hashlib.md5("|".join(map(str, parts)).encode()).hexdigest()[:15], 16)

    def seed(self):
        self.seeds += 1
        self.collection.insert_one(self.document(-self.seeds))

    def _insert(self, rows):
        documents = [self.document(number) for number in range(self.last + 1, self.last + rows + 1)]
        self.collection.insert_many(documents, ordered=False)
        self.last += rows
        return documents

    def fill(self, rows):
        checksum, first = 0, self.last
        while self.last - first < rows:
            checksum += sum(self.checksum("r", each, "new") for each in self._insert(min(10 * CHUNK, first + rows - self.last)))
        return Expected(rows, checksum)

    def change(self, changes):
        """As many changes, half of them inserts, half updates."""
        checksum, first = 0, self.last
        while self.last - first < changes // 2:
            before = self.last
            for each in self._insert(min(CHUNK, first + changes // 2 - self.last)):
                checksum += self.checksum("c", each, "new") + self.checksum("u", each, "paid")
            self.collection.update_many({"_id": {"$gt": before, "$lte": self.last}}, {"$set": {"status": "paid"}})
        return Expected(changes // 2 * 2, checksum)

    def forget(self, tool):
        """A change stream leaves nothing behind."""

    def close(self):
        self.client.drop_database(self.namespace)
        self.client.close()
