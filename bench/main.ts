import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/**
 * Runs the benches named on the command line, or all. Each runs in a process of its own: one must not find the
 * other's heap, and a child's peak memory begins with that of the process that started it.
 */
const BENCHES = ['chain', 'replay', 'ingest', 'bundle', 'cost']

const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !BENCHES.includes(name))
if (unknown.length > 0) {
  console.error(`There is no bench "${unknown.join('", "')}"; there are ${BENCHES.join(', ')}.`)
  process.exit(2)
}
for (const name of wanted.length > 0 ? wanted : BENCHES)
  execFileSync(process.execPath, [join(import.meta.dirname, `${name}.ts`)], { stdio: 'inherit' })
