import { domainToASCII, domainToUnicode } from 'node:url'

// Teams and the phones it runs on turn host names, URLs and mail addresses in plain text into links, each client by
// its own rules, so a card must not contain any that an attacker chose. Two ways were weighed:
// - an invisible word joiner (U+2060) inside the name: looks untouched, but who copies the address from the card
//   into the Entra search box then finds nobody, and cannot see why;
// - the analysts' notation `evil[.]example`: visible, understood, copied as what it is. This one.
// Addresses at the organisation's own domains stay as they are: people read and copy those all day, and the most
// a client makes of one is a mail to a colleague. Bare IP addresses stay as well: they are the evidence that gets
// copied most, and only few clients link them.

/** The organisation's own domains, in lower case. */
export interface OwnDomains {
  /** From the settings: shown as they are, wherever they stand. */
  readonly named: ReadonlySet<string>
  /** Of the mailboxes the alert is about: shown as they are in addresses. The worst a wrong one can be is a mail link. */
  readonly seen: ReadonlySet<string>
}

const SCHEME = /\b([a-z][a-z0-9+.-]*):\/\//giu
const SCHEME_WITHOUT_SLASHES = /\b(mailto|tel|sms|sip|skype|callto|msteams|javascript|data):/giu
// Linkers are generous: `😀.com` and `com$.com` count as names with them, so they do here.
const LABEL = '(?:[A-Za-z0-9_$+=^`~|-]|[^\\x00-\\x7f\\p{Z}])+'
const HOST = new RegExp(
  `(?<scheme>\\[:?//\\])?(?<local>[\\p{L}\\p{N}._%+'#$!&*/=?^\`{|}~-]*@)?(?<host>(?:${LABEL}\\.)+${LABEL})`,
  'gu',
)
/** `203.0.113.14`, `2.32.3`, `e.g`: no part after a dot can be a top-level domain. */
const NO_NAME = /^[^.]*(?:\.(?:\d[^.]*|[A-Za-z]))+$/
/** Words with a dot that no client links, since the last part is no top-level domain: kept readable. */
const FILE_NAME = /\.(?:exe|dll|eml|msg|pst|ost|csv|pdf|docx?|xlsx?|pptx?|txt|log|json|xml)$/i
/** `Mail.ReadWrite`, `User.Read.All`: names of Graph permissions. */
const PERMISSION =
  /^[A-Z][A-Za-z]+\.(?:Read|ReadBasic|ReadWrite|Send|Manage|AccessAsUser|Export)(?:\.(?:All|Shared|Selected))?$/
/** A part before `@` that every linker takes as one; in front of any other it may find a host name of its own. */
const PLAIN_LOCAL = /^[A-Za-z0-9._+-]*[A-Za-z0-9]@$/
/** Where the address behind it is broken up, the part before `@` is linked if it ends like a host name. */
const LINKED_LOCAL = /\.(?:[a-z]{2}|com|net|org|info|biz|xyz|top|site|online|app|dev|shop|zip)@$/i

/** Names per text that are shown in both forms, and the longest form shown: a bound on what defanging can add. */
const BOTH_FORMS = 3
const LONGEST_FORM = 100

/**
 * Makes URLs, host names and outside mail addresses unclickable: `http[://]evil[.]example`. A name with letters
 * outside ASCII is followed by its wire form, so that look-alikes show: `gооgle[.]com (xn--ggle-55da[.]com)`.
 */
export function defang(text: string, own: OwnDomains): string {
  let forms = 0
  return text
    .replace(SCHEME, '$1[://]')
    .replace(SCHEME_WITHOUT_SLASHES, '$1[:]')
    .replace(/(?<!\[:)\/\//g, '[//]')
    .replace(HOST, (match, scheme: string | undefined, local: string | undefined, host: string) => {
      const domain = host.toLowerCase()
      const ours = !scheme && (own.named.has(domain) || (local !== undefined && own.seen.has(domain)))
      if (ours) return local && !PLAIN_LOCAL.test(local) ? dots(local) + host : match
      if (!scheme && !local && (NO_NAME.test(host) || FILE_NAME.test(host) || PERMISSION.test(host)))
        return match
      const who =
        local && (LINKED_LOCAL.test(local) || !PLAIN_LOCAL.test(local)) ? dots(local) : (local ?? '')
      const other = forms < BOTH_FORMS ? otherForm(host) : ''
      if (other !== '') forms++
      return `${scheme ?? ''}${who}${dots(host)}${other}`
    })
}

function dots(name: string): string {
  return name.replaceAll('.', '[.]')
}

function otherForm(host: string): string {
  if (!/^[\x21-\x7e]*$/.test(host)) {
    const wire = domainToASCII(host)
    return wire === '' || wire.length > LONGEST_FORM ? ' (not a valid domain name)' : ` (${dots(wire)})`
  }
  if (!/(?:^|\.)xn--/i.test(host)) return ''
  const read = domainToUnicode(host)
  return read === '' || read === host.toLowerCase() ? '' : ` (reads as ${dots(read)})`
}

/** The domains of the mailboxes an alert is about, and whatever else the operator calls the organisation's own. */
export function ownDomains(mailboxes: readonly string[], more: readonly string[] = []): OwnDomains {
  const seen = new Set<string>()
  for (const mailbox of mailboxes) {
    const domain = /^[A-Za-z0-9._%+'-]+@([A-Za-z0-9.-]+\.[A-Za-z]{2,})$/.exec(mailbox)?.[1]
    if (domain && !/(?:^|\.)xn--/i.test(domain)) seen.add(domain.toLowerCase())
  }
  return { named: new Set(more.map(domain => domain.toLowerCase())), seen }
}
