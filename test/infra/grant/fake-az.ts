import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Directory, MANAGEMENT_APIS, type ServicePrincipal, TENANT } from './directory.ts'

// Stands in for the Azure CLI: answers from a directory in a file, and writes every call down.
const { FAKE_DIRECTORY = '', FAKE_CALLS = '' } = process.env
const args = process.argv.slice(2)
const directory: Directory = JSON.parse(readFileSync(FAKE_DIRECTORY, 'utf8'))
const {
  values: { url = '', method = '', query, body, id, headers, output },
  positionals,
} = parseArgs({
  args,
  allowPositionals: true,
  options: {
    url: { type: 'string' },
    method: { type: 'string' },
    query: { type: 'string' },
    body: { type: 'string' },
    id: { type: 'string' },
    headers: { type: 'string' },
    output: { type: 'string' },
    'only-show-errors': { type: 'boolean' },
  },
})

function refuse(why: string): never {
  console.error(`ERROR: ${why}`)
  process.exit(1)
}

function answer(): unknown {
  const command = positionals.join(' ')
  if (directory.broken !== undefined) refuse(directory.broken)
  if (command === 'account show') return { tenantId: TENANT }
  if (command === 'cloud show') return { endpoints: { microsoftGraphResourceId: 'https://graph.example/' } }
  if (command === 'ad sp create' || method === 'POST') return write()
  if (command !== 'rest' || method !== 'GET') refuse(`the fake knows no ${command} ${method}`)
  return read(new URL(url))
}

function read({ origin, pathname, searchParams }: URL): unknown {
  if (origin !== 'https://graph.example') refuse(`Not Found(${origin})`)
  const [, , one, more] = pathname.slice(1).split('/')
  const { servicePrincipals, assignments } = directory
  if (more === 'appRoleAssignments')
    return { value: assignments.filter(({ principalId }) => principalId === one) }
  if (one !== undefined) return servicePrincipals.find(({ id }) => id === one) ?? refuse('Not Found')
  const [, property, value] = /^(id|appId) eq '([^']+)'$/.exec(searchParams.get('$filter') ?? '') ?? []
  if (property === undefined) refuse('Bad Request: this filter is not understood')
  const found = servicePrincipals.filter(one => Reflect.get(one, property) === value)
  if (value === MANAGEMENT_APIS.appId && (directory.unseen ?? 0) > 0) {
    directory.unseen = (directory.unseen ?? 0) - 1
    return { value: [] }
  }
  return { value: found }
}

function write(): unknown {
  if (directory.refusal !== undefined) refuse(directory.refusal)
  if (method === 'POST') {
    if (headers !== 'Content-Type=application/json') refuse('Bad Request: a body without its type')
    directory.assignments.push(JSON.parse(body ?? ''))
  } else if (id === MANAGEMENT_APIS.appId) directory.servicePrincipals.push(MANAGEMENT_APIS)
  else refuse('no such application')
  return {}
}

/** The few queries of the script, told apart by their form; a test holds them against a real JMESPath. */
function queried(value: unknown, query: string): unknown {
  const of = (inner: unknown, name: string): unknown => Reflect.get(Object(inner), name)
  const role = /^appRoles\[\?value=='([\w.]+)' && contains\(allowedMemberTypes, 'Application'\)\]\.id$/.exec(
    query,
  )
  if (role !== null) {
    const roles = of(value, 'appRoles') as ServicePrincipal['appRoles']
    return roles
      .filter(one => one.value === role[1] && one.allowedMemberTypes.includes('Application'))
      .map(({ id }) => id)
  }
  const list = /^value\[\]\.(?:\[(\w+),(\w+)\]|(\w+))$/.exec(query)
  if (list !== null) {
    const [, first = '', second = '', only] = list
    const rows = of(value, 'value') as unknown[]
    return rows.map(one => (only ? of(one, only) : [of(one, first), of(one, second)]))
  }
  if (/^[\w.]+$/.test(query)) return query.split('.').reduce<unknown>(of, value)
  return refuse(`the fake does not understand --query ${query}`)
}

const given = answer()
const told = query === undefined ? given : queried(given, query)
appendFileSync(FAKE_CALLS, `${JSON.stringify({ args, query, given, told })}\n`)
writeFileSync(FAKE_DIRECTORY, JSON.stringify(directory))
const line = (row: unknown) => (Array.isArray(row) ? row.join('\t') : String(row))
if (output === 'tsv') for (const row of Array.isArray(told) ? told : [told]) console.log(line(row))
