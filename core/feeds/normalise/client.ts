import type { Client, ClientFamily } from '../../model/client.ts'
import { agentIn } from './agents.ts'

/**
 * Reads what a client left about itself, a string a line: `ClientInfoString`, `ActorInfoString` (whose
 * `UserAgent=[…]` is the caller's own), `UserAgent`, whichever are there.
 */
export function readClient(lines: string): Client {
  const info = lines.split('\n', 1)[0] ?? lines
  return {
    family: clientFamily(info),
    name: clientName(lines),
    program: programOf(info),
    agent: agentIn(lines),
  }
}

const FAMILIES: readonly (readonly [start: string, family: ClientFamily])[] = [
  ['client=owa', 'owa'],
  ['client=rest', 'rest'],
  ['client=webservices', 'ews'],
  ['client=msexchangerpc', 'mapi'],
  ['client=outlookservice', 'mobile'],
  ['client=activesync', 'activesync'],
  ['client=imap', 'imap'],
  ['client=pop3/imap4;protocol=imap', 'imap'],
  ['client=pop', 'pop'],
]

const FAMILY_NAMES: Readonly<Record<ClientFamily, string>> = {
  owa: 'Outlook on the web',
  rest: 'an app over REST or Graph',
  ews: 'Exchange Web Services',
  mapi: 'Outlook for desktop',
  mobile: 'Outlook mobile',
  activesync: 'ActiveSync',
  imap: 'IMAP',
  pop: 'POP',
  other: 'an unnamed client',
}

/** How a program reached the mailbox; not said of Microsoft's own, whose names tell. */
const PROTOCOLS: Partial<Readonly<Record<ClientFamily, string>>> = {
  rest: 'REST or Graph',
  ews: 'Exchange Web Services',
  mapi: 'MAPI',
  activesync: 'ActiveSync',
  imap: 'IMAP',
  pop: 'POP',
}

function clientFamily(info: string | undefined): ClientFamily {
  const start = info?.toLowerCase() ?? ''
  return FAMILIES.find(([prefix]) => start.startsWith(prefix))?.[1] ?? 'other'
}

/**
 * The caller's own name inside an EWS client string, cut to letters: the proxy prefix comes first
 * (`…ExchangeWebServicesProxy/CrossSite/EXCH/15.20…/python-requests/2.25.1[AppId=…]`), so the name is the last
 * `name/version` in it.
 */
function programOf(info: string | undefined): string | undefined {
  const names = info?.replace(/\[.*$/, '').match(/[A-Za-z][A-Za-z.-]*(?=\/[\d.]+)/g)
  const name = names?.filter(found => !/^(EXCH|ExchangeWebServicesProxy)$/i.test(found)).at(-1)
  return name?.toLowerCase()
}

/** A client in words for people: its program and version where it gives one, else its family. */
function clientName(info: string): string {
  const agent = /UserAgent=\[([^\]]*)\]/i.exec(info)?.[1]
  const source = agent && !/^NoUserAgent$/i.test(agent) ? agent : info.replace(/\[AppId=[^\]]*\]/gi, '')
  const products = source
    .match(/[A-Za-z][\w.-]*\/[\d.]+\w*/g)
    ?.filter(found => !/^(EXCH|Mozilla)\//i.test(found))
  const family = clientFamily(info)
  const product = family === 'owa' ? undefined : products?.at(-1)
  if (product === undefined) return FAMILY_NAMES[family]
  const protocol = PROTOCOLS[family]
  return protocol === undefined ? product : `${product} over ${protocol}`
}
