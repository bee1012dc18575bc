import { closeSync, openSync, writeSync } from 'node:fs'
import { workingDay } from './workload.ts'

/** Writes working days, one after another, as `<base>.jsonl` and as `<base>.json` until they hold `megabytes`. */
const [base = '', megabytes = ''] = process.argv.slice(2)
const lines = openSync(`${base}.jsonl`, 'w')
const array = openSync(`${base}.json`, 'w')
writeSync(array, '[')
let written = 0
for (let day = 0; written < Number(megabytes) * 1e6; day++) {
  const records = workingDay(day).map(record => JSON.stringify(record))
  written += writeSync(lines, `${records.join('\n')}\n`)
  writeSync(array, `${day === 0 ? '' : ',\n'}${records.join(',\n')}`)
}
writeSync(array, ']')
closeSync(lines)
closeSync(array)
