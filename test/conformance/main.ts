import { runConformance } from './runConformance.js';

process.exitCode = runConformance(process.argv.slice(2), {
  print: (text) => process.stdout.write(`${text}\n`),
  complain: (text) => process.stderr.write(`${text}\n`),
});
