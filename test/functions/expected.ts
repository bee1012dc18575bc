import type { Registration } from './fake-core.ts'

/** What the app consists of: each function with what starts it and what it gives back, as the host is told. */
export const FUNCTIONS = [
  { name: 'deliver', trigger: { type: 'timerTrigger', schedule: '0 * * * * *' }, outputs: [] },
  {
    name: 'health',
    trigger: { type: 'httpTrigger', authLevel: 'function', methods: ['GET'] },
    outputs: ['http'],
  },
  {
    name: 'ingest',
    trigger: { type: 'queueTrigger', queueName: 'ingest', connection: 'AzureWebJobsStorage' },
    outputs: [],
  },
  { name: 'observe', trigger: { type: 'timerTrigger', schedule: '0 4-59/15 * * * *' }, outputs: [] },
  { name: 'poll', trigger: { type: 'timerTrigger', schedule: '%POLL_SCHEDULE%' }, outputs: [] },
  {
    name: 'quarantine',
    trigger: { type: 'queueTrigger', queueName: 'ingest-poison', connection: 'AzureWebJobsStorage' },
    outputs: [],
  },
  { name: 'sweep', trigger: { type: 'timerTrigger', schedule: '0 17 * * * *' }, outputs: [] },
]

/** Registrations in the form above: the names the library makes up and its own flags are left out. */
export function summary(registrations: readonly Registration[]) {
  return registrations.map(({ name, bindings }) => {
    const all = Object.values(bindings)
    const [trigger, ...more] = all
      .filter(({ direction }) => direction === 'in')
      .map(({ name: _name, direction: _direction, properties: _properties, ...rest }) => rest)
    const outputs = all.flatMap(({ direction, type }) => (direction === 'out' ? [type] : []))
    return { name, trigger, outputs, ...(more.length > 0 && { more }) }
  })
}
