/** The part of the Adaptive Card 1.5 schema that our cards use; Teams renders no later version everywhere. */
export interface AdaptiveCard {
  readonly type: 'AdaptiveCard'
  readonly $schema: string
  readonly version: '1.5'
  readonly msteams: { readonly width: 'Full' }
  /** Plain text, for clients that cannot show the card. */
  readonly fallbackText: string
  readonly body: readonly CardElement[]
  readonly actions?: readonly OpenUrl[]
}

export type CardElement = TextBlock | Container | FactSet

export interface TextBlock {
  readonly type: 'TextBlock'
  /** Markdown. Only our own words and what `markdown()` made inert go in. */
  readonly text: string
  readonly wrap?: boolean
  readonly size?: 'Small' | 'Medium' | 'Large'
  readonly weight?: 'Bolder'
  readonly fontType?: 'Monospace'
  readonly isSubtle?: boolean
  readonly spacing?: 'None' | 'Small' | 'Medium'
  readonly separator?: boolean
}

export interface Container {
  readonly type: 'Container'
  readonly style: 'attention' | 'warning' | 'accent' | 'emphasis'
  readonly bleed?: boolean
  readonly spacing?: 'Medium'
  readonly items: readonly CardElement[]
}

export interface FactSet {
  readonly type: 'FactSet'
  readonly facts: readonly { readonly title: string; readonly value: string }[]
}

/** The only action that works behind a Workflows webhook; everything else needs a bot. */
export interface OpenUrl {
  readonly type: 'Action.OpenUrl'
  readonly title: string
  readonly url: string
}

/** What the trigger "When a Teams webhook request is received" takes. Without `attachments` the flow fails after its 202. */
export interface WorkflowsMessage {
  readonly type: 'message'
  readonly attachments: readonly [
    {
      readonly contentType: 'application/vnd.microsoft.card.adaptive'
      readonly contentUrl: null
      readonly content: AdaptiveCard
    },
  ]
}

export function workflowsMessage(card: AdaptiveCard): WorkflowsMessage {
  return {
    type: 'message',
    attachments: [
      { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: card },
    ],
  }
}
