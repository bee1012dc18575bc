import { NOT_SEEN } from '../observers/inbox-rules/not-seen.ts'

/** What no setting of Waxseal makes visible, and what comes nearest. */
export const BLIND_SPOTS: readonly { readonly what: string; readonly why: string }[] = [
  ...NOT_SEEN.map(why => ({ what: 'inbox rules and forwards as they stand', why })),
  {
    what: 'the first hour or so',
    why: 'Microsoft delivers audit records typically 60 to 90 minutes late, and promises nothing.',
  },
  {
    what: 'what was not recorded',
    why: 'Where auditing was off, or a licence records no reads, nothing can be fetched later.',
  },
]
