package dev.tierway.adapter.persistence.redis;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Three real servers on this machine, each with a third of the slots. */
final class RedisCluster implements AutoCloseable {
    private static final int SLOTS = 16_384;
    private static final int NODES = 3;

    private final List<RedisProcess> nodes =
            Stream.generate(RedisProcess::node).limit(NODES).toList();

    private RedisCluster() {
        for (int i = 0; i < NODES; i++) {
            int[] slots =
                    IntStream.range(SLOTS * i / NODES, SLOTS * (i + 1) / NODES).toArray();
            nodes.get(i).ask(redis -> redis.clusterAddSlots(slots));
            int port = nodes.getFirst().port();
            nodes.get(i).ask(redis -> redis.clusterMeet("127.0.0.1", port));
        }
        nodes.forEach(RedisCluster::awaitOthers);
    }

    static RedisCluster start() {
        return new RedisCluster();
    }

    private static void awaitOthers(RedisProcess node) {
        while (!node.ask(redis -> {
            String info = redis.clusterInfo();
            return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + NODES);
        })) {
            Thread.onSpinWait();
        }
    }

    List<RedisProcess> nodes() {
        return nodes;
    }

    @Override
    public void close() {
        nodes.forEach(RedisProcess::close);
    }
}
