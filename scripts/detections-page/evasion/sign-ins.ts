import type { Evasion } from './evasion.ts'

export const SIGN_INS: readonly Evasion[] = [
  {
    move: 'Pass on a real browser’s name from a phishing page',
    pairs: [
      ['aitm-sign-in', 'the browser is like any other', 'an honest sign-in of three steps in one session'],
    ],
  },
  {
    move: 'Take a stolen session to another machine, and wait with it',
    pairs: [
      ['session-reuse', 'the cookie a second less than a day later', 'a laptop carried home'],
      ['session-reuse', 'the token in a script that reads mail', 'a phone that changes from Wi-Fi to mobile'],
    ],
  },
  {
    move: 'Change address or session between the sign-in and the rule',
    pairs: [
      [
        'sign-in-then-mail-change',
        'the same session under another address',
        'an honest sign-in, then a forward',
      ],
      [
        'sign-in-then-mail-change',
        'a kit, then a forward in another session',
        'a kit on the account of a colleague',
      ],
    ],
  },
  {
    move: 'Have a code typed on the victim’s own machine, so that no password is ever seen',
    pairs: [
      ['developer-client-sign-in', 'a code typed for the broker, to Graph', 'a code typed for files'],
      ['new-mfa-method', 'a device after a code typed for the broker', 'a method after an honest sign-in'],
    ],
  },
  {
    move: 'Go by a protocol that asks for no second factor',
    pairs: [
      ['legacy-protocol', 'a password from a network that is new', 'a password that was wrong'],
      ['legacy-protocol', 'IMAP by somebody who had POP so far', 'IMAP by somebody who always has it'],
    ],
  },
  {
    move: 'Give the second factor to the page in between, so that Entra calls the risk remediated',
    pairs: [
      [
        'aitm-sign-in',
        'a page in between that got the second factor too',
        'a risky sign-in that somebody looked at and dismissed',
      ],
    ],
  },
  {
    move: 'Use the secret of an application, which no user and no second factor stands before',
    pairs: [
      [
        'service-principal-sign-in',
        'to Exchange from a provider nobody knows',
        'the usual secret from the usual place',
      ],
      [
        'service-principal-sign-in',
        'to Graph with a new secret, from somewhere new',
        'a secret renewed, from the usual place',
      ],
      [
        'service-principal-sign-in',
        'to Graph by another sign-in service, from the usual place',
        'the federated credential it always has',
      ],
    ],
  },
  {
    move: 'Act in the name of a user with a token that one of Microsoft’s services wrote',
    pairs: [
      [
        'actor-token',
        'a secret for an application, by Exchange for a user',
        'a user who calls himself much like one',
      ],
    ],
  },
  {
    move: 'Delete Microsoft’s notices, whatever language they are in',
    pairs: [
      ['cover-up', 'a notice in French moved to the archive', 'another message deleted after a new method'],
    ],
  },
  {
    move: 'Read over EWS with an application that is known from Graph',
    pairs: [['dual-path-app', 'EWS three hours after Graph', 'two applications, one each way']],
  },
]
