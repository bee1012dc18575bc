import { renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/**
 * Loaded into Azurite's process before Azurite. Its tables look at every row for every range and keep an index of
 * partitions that costs a shift of all rows a write: a week's tables would measure that and nothing else. With this a range is
 * looked up by its row keys, as the service does. It also tells what the process has used, once a second.
 */
const require = createRequire(createRequire(import.meta.url).resolve('azurite/dist/src/azurite.js'))
const Loki = require('lokijs')
const { default: Store } = require('./table/persistence/LokiTableMetadataStore.js')

const add = Loki.prototype.addCollection
Loki.prototype.addCollection = function (name: string, options: { indices?: string[] } = {}) {
  const { indices = [] } = options
  return add.call(this, name, { ...options, indices: indices.filter(one => one !== 'PartitionKey') })
}

const BOUNDS = /^PartitionKey eq '[^']*' and RowKey g[et] '([^']*)' and RowKey l[et] '([^']*)'$/

const query = Store.prototype.queryTableEntities
Store.prototype.queryTableEntities = function (...given: unknown[]) {
  const [, , , options, , next] = given as [unknown, unknown, unknown, { filter?: string }, string?, string?]
  const [, lower, upper] = BOUNDS.exec(options.filter ?? '') ?? []
  if (lower === undefined) return query.apply(this, given)
  const after = next === undefined ? lower : this.decodeContinuationHeader(next)
  const narrowed = Object.create(this)
  narrowed.getEntityCollection = (...asked: unknown[]) => {
    const collection = this.getEntityCollection(...asked)
    return { chain: () => collection.chain().find({ RowKey: { $between: [after, upper] } }) }
  }
  return query.apply(narrowed, given)
}

const file = process.env.BENCH_AZURITE_USE
if (file !== undefined)
  setInterval(() => {
    const { user, system } = process.cpuUsage()
    writeFileSync(
      `${file}.new`,
      JSON.stringify({ cpu: (user + system) / 1e6, rss: process.memoryUsage.rss() }),
    )
    // Whoever reads it finds it whole.
    renameSync(`${file}.new`, file)
  }, 1_000).unref()
