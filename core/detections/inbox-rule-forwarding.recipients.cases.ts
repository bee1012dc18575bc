import { defineCases } from '../../test/support/cases.ts'
import { inboxRule, outlookRule, webRule } from '../../test/support/record-rules.ts'

/** Forms in which a rule's recipients are written, and what is told of the address for `copy@<domain>`. */
const FORMS: Readonly<Record<string, (domain: string) => string>> = {
  'a bare address': domain => `copy@${domain}`,
  'an address in capitals': domain => `COPY@${domain.toUpperCase()}`,
  'a JSON list in a text': domain => `["copy@${domain}"]`,
  'a JSON list of objects in a text': domain => `[{"Name":"Copy","Address":"copy@${domain}"}]`,
  'a list with semicolons, ours around it': domain =>
    `a@birchwood.example;copy@${domain};b@birchwood.example`,
  'a list with commas, ours around it': domain => `a@birchwood.example, copy@${domain}, b@birchwood.example`,
  'a bracketed list': domain => `[a@birchwood.example; copy@${domain}; b@birchwood.example]`,
  'a list in braces': domain => `{a@birchwood.example, copy@${domain}, b@birchwood.example}`,
  'an smtp: prefix': domain => `smtp:copy@${domain}`,
  'an SMTP: prefix and a blank': domain => `SMTP: copy@${domain}`,
  'a SIP: prefix': domain => `SIP:copy@${domain}`,
  'a name and an angle address': domain => `"Copy, the" <copy@${domain}>`,
  'a name in brackets of its own': domain => `Copy (accounts) <copy@${domain}>`,
  'a name and [SMTP:…]': domain => `"Copy; the" [SMTP:copy@${domain}]`,
  'an address in single quotes': domain => `'copy@${domain}'`,
  'plus addressing': domain => `copy+all@${domain}`,
  'a quoted local part': domain => `"copy; all, of it"@${domain}`,
  'a quoted local part with an at sign': domain => `"copy@birchwood.example"@${domain}`,
  'a trailing dot': domain => `copy@${domain}.`,
  'blanks around it': domain => ` copy@${domain} ; `,
}

const rule = (ForwardTo: string) => inboxRule({ Name: 'Copy', SubjectContainsWords: 'invoice', ForwardTo })

/** An international domain is compared in its ASCII form. */
const INTERNATIONAL = 'bücher-händler.example'

const outside = (ForwardTo: string) => ({
  records: [rule(ForwardTo)],
  expect: { term: 'outside', severity: 'high', count: 1 } as const,
})
const unknown = (ForwardTo: string) => ({
  records: [rule(ForwardTo)],
  expect: { term: 'unknown-destination', severity: 'medium', count: 1 } as const,
})

/** A colleague's private account, in the directory as a contact with an address of our own. */
const seen = {
  contact: (name: string) =>
    /^(?:anna private|anna\.private@birchwood\.example)$/i.test(name)
      ? { address: 'anna@mailbox.example' }
      : undefined,
}

export const cases = defineCases('inbox-rule-forwarding', {
  fires: {
    'an address of our own that is a mail contact’s': {
      records: [rule('anna.private@birchwood.example')],
      seen,
      expect: {
        term: 'outside',
        key: ['anna@birchwood.example', 'Copy', 'anna.private@birchwood.example'],
        notes: ['a mail contact for anna@mailbox.example'],
      },
    },
    'a name that is a mail contact’s': {
      records: [rule('Anna Private')],
      seen,
      expect: { term: 'outside', notes: ['a mail contact for anna@mailbox.example'] },
    },
    'a mail contact whose address the directory does not show': {
      records: [rule('Anna Private')],
      seen: { contact: () => ({}) },
      expect: { term: 'outside', notes: ['a mail contact for an address not shown'] },
    },
    ...Object.fromEntries(
      Object.entries(FORMS).map(([form, write]) => [`${form}, outside`, outside(write('harvest.example'))]),
    ),
    'an international domain, outside': {
      records: [rule(`copy@${INTERNATIONAL}`)],
      expect: {
        term: 'outside',
        key: ['anna@birchwood.example', 'Copy', 'copy@xn--bcher-hndler-mcb34a.example'],
      },
    },
    'many recipients, ours last': outside('copy@harvest.example;a@birchwood.example;b@birchwood.example'),
    'many recipients, one of them outside, in two parameters': {
      records: [
        inboxRule({
          SubjectContainsWords: 'invoice',
          ForwardTo: 'a@birchwood.example',
          RedirectTo: 'b@birchwood.example;copy@harvest.example',
        }),
      ],
      expect: { term: 'outside' },
    },
    'many recipients of a desktop rule, ours last': {
      records: [
        outlookRule([{ ActionType: 'Forward', Recipients: ['copy@harvest.example', 'a@birchwood.example'] }]),
      ],
      expect: { term: 'outside' },
    },
    'many recipients of a web rule, ours last': {
      records: [webRule('ForwardToRecipientsAction', ['copy@harvest.example', 'a@birchwood.example'])],
      expect: { term: 'outside' },
    },
    'a quote left open before ours': outside('"; copy@harvest.example; a@birchwood.example'),
    'a bracket left open before ours': outside('<x; copy@harvest.example; a@birchwood.example'),
    'addresses with nothing but a blank between them': unknown('copy@harvest.example a@birchwood.example'),
    'a guest, whose name is in our directory': outside(
      'copy_harvest.example#EXT#@birchwood.onmicrosoft.example',
    ),
    'a guest with an underscore in his name': {
      records: [rule('the_copy_harvest.example#ext#@birchwood.onmicrosoft.example')],
      expect: { term: 'outside', key: ['anna@birchwood.example', 'Copy', 'the_copy@harvest.example'] },
    },
    'a guest without a domain': unknown('copy#EXT#@birchwood.onmicrosoft.example'),
    'an alias': unknown('bruno'),
    'a display name': unknown('"Bruno Birch"'),
    'a GUID': unknown('5f0a3a6e-6d1c-4f0e-9f52-2f1d7a6b4c11'),
    'an X.400 address': unknown('x400:c=US,a=,p=Birchwood,o=Exchange,s=Copy'),
    'an address literal': unknown('copy@[192.0.2.1]'),
    'a sub-domain of ours that is not ours': outside('copy@mail.birchwood.example'),
  },
  quiet: {
    'an address of our own that is nobody’s contact': { records: [rule('ben@birchwood.example')], seen },
    ...Object.fromEntries(
      Object.entries(FORMS).map(([form, write]) => [`${form}, inside`, [rule(write('birchwood.example'))]]),
    ),
    'a legacy name in the directory': [
      rule('EX:/o=ExchangeLabs/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=7f-bruno'),
    ],
    'a legacy name with commas': [rule('/o=Labs, Inc/ou=First, Group/cn=Recipients/cn=bruno')],
    'a name and a legacy name': [rule('"Birch, Bruno" [EX:/o=ExchangeLabs/ou=Group/cn=Recipients/cn=bruno]')],
    'a legacy name with the X500 prefix': [rule('X500:/o=ExchangeLabs/ou=Group/cn=Recipients/cn=bruno')],
    'nothing but separators': [rule(' ; , ')],
  },
})
