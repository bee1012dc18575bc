import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

/** The least that reading JSON Lines can cost: every line parsed, nothing kept. */
const [file = ''] = process.argv.slice(2)
for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity }))
  JSON.parse(line)
