/**
 * What we saw ourselves and no audit record tells of: the state of the tenant against how it was, a feed that fell silent. Such
 * observations are written as records, so that they are judged, kept and told as everything else is.
 */
export const OBSERVED = [
  'InboxRuleFound',
  'InboxRulesAtStart',
  'MailboxSilent',
  'MailboxHeard',
  'FeedSilent',
  'FeedHeard',
  'SubscriptionStopped',
  'SubscriptionRestarted',
  'OwnPermissionRemoved',
  'OwnCredentialChanged',
  'DomainFound',
  'MailPermissionFound',
  'HuntingMatch',
] as const
