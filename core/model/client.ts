/** How a client reached the mailbox, as the start of `ClientInfoString` tells. */
export type ClientFamily =
  | 'owa'
  | 'rest'
  | 'ews'
  | 'mapi'
  | 'mobile'
  | 'activesync'
  | 'imap'
  | 'pop'
  | 'other'

/** A program that is not a mail client: made for collecting mail, or a general HTTP library. */
export interface Agent {
  readonly kind: 'tool' | 'library'
  /** The name as people know it. */
  readonly name: string
}

/** What a record's client strings say, read once per distinct string. */
export interface Client {
  readonly family: ClientFamily
  /** In words for people. */
  readonly name: string
  /** The caller's own program name inside an EWS string, lower-case. */
  readonly program: string | undefined
  readonly agent: Agent | undefined
  /** What it runs on, and in which browser: sign-ins alone tell. */
  readonly system?: 'windows' | 'apple' | 'linux'
  readonly browser?: string
}
