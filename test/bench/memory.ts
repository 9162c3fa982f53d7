import { startBench } from './bench.js';

/** A cycle that ends sooner is looked at more often, so that its peak is as likely to be seen. */
const lookedAt = [
  { users: 2_000, sampleMs: 50 },
  { users: 50_000, sampleMs: 1_000 },
] as const;

const inMegabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

/** The host's peak heap in an initial cycle of a small and of a large tenant. */
export const benchMemory = async (print: (text: string) => void): Promise<void> => {
  const peaks: number[] = [];
  for (const { users, sampleMs } of lookedAt) {
    const bench = await startBench({ users, rate: 'off' });
    try {
      const { peakHeap, samples } = await bench.run('initial', sampleMs);
      peaks.push(peakHeap);
      print(`heap of an initial cycle of ${users} users: ${inMegabytes(peakHeap)} at most, in ${samples} looks`);
    } finally {
      await bench.stop();
    }
  }
  const [small = 0, large = 0] = peaks;
  print(`  ${((large / small - 1) * 100).toFixed(1)} % more`);
};
