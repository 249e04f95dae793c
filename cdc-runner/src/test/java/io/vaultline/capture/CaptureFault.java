package io.vaultline.capture;

import io.vaultline.capture.output.CrashPoint.Place;
import io.vaultline.devstack.endpoint.ServerKind;
import java.time.Duration;
import java.util.Random;

/** What can go wrong while a source is captured. After each the capture streams again, by itself or started anew. */
enum CaptureFault {
    KILL {
        @Override
        void strike(FaultBench bench, Random random) throws Exception {
            bench.streaming();
            bench.load().goOn(Duration.ofMillis(random.nextInt(1_500)));
            bench.kill();
        }
    },
    CRASH_BEFORE_SEND {
        @Override
        void strike(FaultBench bench, Random random) throws Exception {
            bench.crash(Crash.at(Place.BEFORE_SEND, 1 + random.nextInt(20), 0));
        }
    },
    CRASH_BETWEEN_SENDS {
        @Override
        void strike(FaultBench bench, Random random) throws Exception {
            bench.crash(Crash.at(Place.CHANGE_SENT, 1 + random.nextInt(500), 1));
        }
    },
    CRASH_BEFORE_COMMIT {
        @Override
        void strike(FaultBench bench, Random random) throws Exception {
            bench.crash(Crash.at(Place.BEFORE_COMMIT, 1 + random.nextInt(20), 1));
        }
    },
    CRASH_BEFORE_ACKNOWLEDGEMENT {
        @Override
        void strike(FaultBench bench, Random random) throws Exception {
            bench.crash(Crash.at(Place.AFTER_COMMIT, 1 + random.nextInt(20), 1));
        }
    },
    CRASH_IN_BULK_LOAD {
        @Override
        void strike(FaultBench bench, Random random) throws Exception {
            bench.kill();
            bench.insertMany(5_000);
            bench.crash(Crash.at(Place.CHANGE_SENT, 1, 2_500 + random.nextInt(2_000)));
        }
    },
    CRASH_IN_LARGE_TRANSACTION {
        @Override
        void strike(FaultBench bench, Random random) throws Exception {
            bench.kill();
            bench.insertMany(FaultBench.LARGE);
            bench.crash(bench.betweenParts());
        }
    },
    OPEN_TRANSACTION_LEFT_BEHIND {
        @Override
        void strike(FaultBench bench, Random random) throws Exception {
            bench.streaming();
            bench.withOpenTransaction(() -> {
                bench.kill();
                bench.streaming();
            });
        }
    },
    KAFKA_RESTARTED {
        @Override
        void strike(FaultBench bench, Random random) throws Exception {
            bench.streaming();
            bench.devstack().stop(ServerKind.KAFKA);
            bench.load().goOn(Duration.ofMillis(random.nextInt(3_000)));
            bench.devstack().start(ServerKind.KAFKA);
            bench.stillStreaming();
        }
    },
    KAFKA_KILLED {
        @Override
        void strike(FaultBench bench, Random random) throws Exception {
            bench.streaming();
            bench.killServer(ServerKind.KAFKA);
            bench.load().goOn(Duration.ofMillis(random.nextInt(3_000)));
            bench.devstack().start(ServerKind.KAFKA);
            bench.stillStreaming();
        }
    },
    DATABASE_RESTARTED {
        @Override
        void strike(FaultBench bench, Random random) throws Exception {
            bench.streaming();
            bench.devstack().stop(bench.database());
            bench.devstack().start(bench.database());
            bench.stillStreaming();
        }
    },
    DATABASE_KILLED {
        @Override
        void strike(FaultBench bench, Random random) throws Exception {
            bench.streaming();
            bench.killServer(bench.database());
            bench.devstack().start(bench.database());
            bench.stillStreaming();
        }
    },
    NETWORK_RESET {
        @Override
        void strike(FaultBench bench, Random random) throws Exception {
            bench.streaming();
            bench.network().reset();
            bench.stillStreaming();
        }
    },
    NETWORK_CUT {
        @Override
        void strike(FaultBench bench, Random random) throws Exception {
            bench.streaming();
            bench.network().cut();
            bench.load().goOn(Duration.ofMillis(500 + random.nextInt(5_000)));
            bench.network().flow();
            bench.stillStreaming();
        }
    },
    NETWORK_STALLED {
        @Override
        void strike(FaultBench bench, Random random) throws Exception {
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
        void strike(FaultBench bench, Random random) throws Exception {
            bench.streaming();
            bench.replace();
            bench.stillStreaming();
        }
    };

    abstract void strike(FaultBench bench, Random random) throws Exception;
}
