import type { Agent } from '../../model/client.ts'

/** Programs made to collect mail or drive stolen tokens. */
const TOOLS = [
  'MailSniper',
  'EWSEditor',
  'Ruler',
  'GraphRunner',
  'TeamFiltration',
  'AADInternals',
  'ROADtools',
  'GraphSpy',
  'kali365-live',
]

/** General HTTP libraries and scripting clients. Honest scripts use them too, mail clients do not. */
const LIBRARIES = [
  'python-requests',
  'python-urllib',
  'python-httpx',
  'exchangelib',
  'aiohttp',
  'python',
  'urllib',
  'curl',
  'wget',
  'Go-http-client',
  'axios',
  'undici',
  'node-fetch',
  'node',
  'okhttp',
  'Apache-HttpClient',
  'Java',
  'PostmanRuntime',
  'ExchangeServicesClient',
  'PowerShell',
  'WindowsPowerShell',
  'libwww-perl',
  'GuzzleHttp',
  'RestSharp',
]

interface Pattern extends Agent {
  readonly test: RegExp
}

/** Whole tokens in any case: `java/17` is Java, `javascript` is not. `_` and `-` do not end a token. */
function pattern(kind: Agent['kind'], name: string): Pattern {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return { kind, name, test: new RegExp(`(?<![a-z0-9_-])${escaped}(?![a-z0-9_-])`, 'i') }
}

/** TeamFiltration poses as a Teams client of 2020. */
const POSING: Pattern = {
  kind: 'tool',
  name: 'TeamFiltration',
  test: /\bTeams\/1\.3\.00\.30866\b.*\bElectron\/8\.5\.1\b/i,
}

const PATTERNS = [
  POSING,
  ...TOOLS.map(name => pattern('tool', name)),
  ...LIBRARIES.map(name => pattern('library', name)),
]
const ANY = new RegExp(PATTERNS.map(({ test }) => test.source).join('|'), 'i')

/** The first known tool, else the first known library, named anywhere in a client string. */
export function agentIn(client: string): Agent | undefined {
  if (!ANY.test(client)) return undefined
  return PATTERNS.find(({ test }) => test.test(client))
}
