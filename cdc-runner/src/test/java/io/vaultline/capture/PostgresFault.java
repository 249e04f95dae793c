package io.vaultline.capture;

import io.vaultline.capture.output.CrashPoint.Place;
import io.vaultline.devstack.endpoint.ServerKind;
import java.time.Duration;
import java.util.Random;

/** What can go wrong while PostgreSQL is captured. After each the capture streams again, by itself or started anew. */
enum PostgresFault {
    KILL {
        @Override
        void strike(PostgresFaultBench bench, Random random) throws Exception {
            bench.streaming();
            bench.load().goOn(Duration.ofMillis(random.nextInt(1_500)));
            bench.kill();
        }
    },
    CRASH_BEFORE_SEND {
        @Override
        void strike(PostgresFaultBench bench, Random random) throws Exception {
            bench.crash(Crash.at(Place.BEFORE_SEND, 1 + random.nextInt(20), 0));
        }
    },
    CRASH_BETWEEN_SENDS {
        @Override
        void strike(PostgresFaultBench bench, Random random) throws Exception {
            bench.crash(Crash.at(Place.CHANGE_SENT, 1 + random.nextInt(500), 1));
        }
    },
    CRASH_BEFORE_COMMIT {
        @Override
        void strike(PostgresFaultBench bench, Random random) throws Exception {
            bench.crash(Crash.at(Place.BEFORE_COMMIT, 1 + random.nextInt(20), 1));
        }
    },
    CRASH_BEFORE_ACKNOWLEDGEMENT {
        @Override
        void strike(PostgresFaultBench bench, Random random) throws Exception {
            bench.crash(Crash.at(Place.AFTER_COMMIT, 1 + random.nextInt(20), 1));
        }
    },
    CRASH_IN_COPY {
        @Override
        void strike(PostgresFaultBench bench, Random random) throws Exception {
            bench.kill();
            bench.copy(5_000);
            bench.crash(Crash.at(Place.CHANGE_SENT, 1, 2_500 + random.nextInt(2_000)));
        }
    },
    CRASH_IN_LARGE_TRANSACTION {
        @Override
        void strike(PostgresFaultBench bench, Random random) throws Exception {
            bench.kill();
            bench.copy(PostgresFaultBench.LARGE);
            bench.crash(Crash.at(Place.AFTER_PART, 1, 0));
        }
    },
    OPEN_TRANSACTION_LEFT_BEHIND {
        @Override
        void strike(PostgresFaultBench bench, Random random) throws Exception {
            bench.streaming();
            bench.withOpenTransaction(() -> {
                bench.kill();
                bench.streaming();
            });
        }
    },
    KAFKA_RESTARTED {
        @Override
        void strike(PostgresFaultBench bench, Random random) throws Exception {
            bench.streaming();
            bench.devstack().stop(ServerKind.KAFKA);
            bench.load().goOn(Duration.ofMillis(random.nextInt(3_000)));
            bench.devstack().start(ServerKind.KAFKA);
            bench.stillStreaming();
        }
    },
    KAFKA_KILLED {
        @Override
        void strike(PostgresFaultBench bench, Random random) throws Exception {
            bench.streaming();
            bench.killServer(ServerKind.KAFKA);
            bench.load().goOn(Duration.ofMillis(random.nextInt(3_000)));
            bench.devstack().start(ServerKind.KAFKA);
            bench.stillStreaming();
        }
    },
    DATABASE_RESTARTED {
        @Override
        void strike(PostgresFaultBench bench, Random random) throws Exception {
            bench.streaming();
            bench.devstack().stop(ServerKind.POSTGRES);
            bench.devstack().start(ServerKind.POSTGRES);
            bench.stillStreaming();
        }
    },
    DATABASE_KILLED {
        @Override
        void strike(PostgresFaultBench bench, Random random) throws Exception {
            bench.streaming();
            bench.killServer(ServerKind.POSTGRES);
            bench.devstack().start(ServerKind.POSTGRES);
            bench.stillStreaming();
        }
    },
    NETWORK_RESET {
        @Override
        void strike(PostgresFaultBench bench, Random random) throws Exception {
            bench.streaming();
            bench.network().reset();
            bench.stillStreaming();
        }
    },
    NETWORK_CUT {
        @Override
        void strike(PostgresFaultBench bench, Random random) throws Exception {
            bench.streaming();
            bench.network().cut();
            bench.load().goOn(Duration.ofMillis(500 + random.nextInt(5_000)));
            bench.network().flow();
            bench.stillStreaming();
        }
    },
    NETWORK_STALLED {
        @Override
        void strike(PostgresFaultBench bench, Random random) throws Exception {
            bench.streaming();
            bench.network().stall();
            bench.load().goOn(Duration.ofMillis(500 + random.nextInt(5_000)));
            if (random.nextBoolean()) {
                bench.network().reset();
            }
            bench.network().flow();
            bench.stillStreaming();
        }
    },
    SECOND_INSTANCE {
        @Override
        void strike(PostgresFaultBench bench, Random random) throws Exception {
            bench.streaming();
            bench.replace();
            bench.stillStreaming();
        }
    };

    abstract void strike(PostgresFaultBench bench, Random random) throws Exception;
}
