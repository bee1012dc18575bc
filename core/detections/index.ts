import type { Detection } from '../model/detection.ts'
import actorToken from './actor-token.ts'
import aitmSignIn from './aitm-sign-in.ts'
import appCredential from './app-credential.ts'
import appHijackPreparation from './app-hijack-preparation.ts'
import appOnlyAccess from './app-only-access.ts'
import auditBypass from './audit-bypass.ts'
import auditOff from './audit-off.ts'
import auditThrottled from './audit-throttled.ts'
import auditTrimmed from './audit-trimmed.ts'
import autoForwardGuardrail from './auto-forward-guardrail.ts'
import bulkMailRead from './bulk-mail-read.ts'
import clientAccessPolicy from './client-access-policy.ts'
import consentBlocked from './consent-blocked.ts'
import consentMailScopes from './consent-mail-scopes.ts'
import contentSearch from './content-search.ts'
import coverUp from './cover-up.ts'
import crossMailboxAccess from './cross-mailbox-access.ts'
import decoyMailbox from './decoy-mailbox.ts'
import developerClientSignIn from './developer-client-sign-in.ts'
import directoryRole from './directory-role.ts'
import domainTrust from './domain-trust.ts'
import dualPathApp from './dual-path-app.ts'
import ediscoveryExport from './ediscovery-export.ts'
import ediscoveryRole from './ediscovery-role.ts'
import exchangeRole from './exchange-role.ts'
import explorerMailAccess from './explorer-mail-access.ts'
import firstNonOwnerAccess from './first-non-owner-access.ts'
import folderSharing from './folder-sharing.ts'
import forwardingFanIn from './forwarding-fan-in.ts'
import graphMailAccess from './graph-mail-access.ts'
import graphNewClient from './graph-new-client.ts'
import hidingRule from './hiding-rule.ts'
import inboxRuleForwarding from './inbox-rule-forwarding.ts'
import journalRule from './journal-rule.ts'
import largeAccessRecord from './large-access-record.ts'
import legacyExportCmdlet from './legacy-export-cmdlet.ts'
import legacyProtocol from './legacy-protocol.ts'
import localMailStore from './local-mail-store.ts'
import mailAppRole from './mail-app-role.ts'
import mailboxAuditOff from './mailbox-audit-off.ts'
import mailboxExportApi from './mailbox-export-api.ts'
import mailboxForwarding from './mailbox-forwarding.ts'
import mailboxPermission from './mailbox-permission.ts'
import mailboxSearch from './mailbox-search.ts'
import manyNetworks from './many-networks.ts'
import newClientApp from './new-client-app.ts'
import newMfaMethod from './new-mfa-method.ts'
import onpremCollectionTooling from './onprem-collection-tooling.ts'
import ownAccess from './own-access.ts'
import protectionTampering from './protection-tampering.ts'
import readVolumeAnomaly from './read-volume-anomaly.ts'
import rogueApp from './rogue-app.ts'
import ruleReadBack from './rule-read-back.ts'
import servicePrincipalSignIn from './service-principal-sign-in.ts'
import sessionReuse from './session-reuse.ts'
import signInThenMailChange from './sign-in-then-mail-change.ts'
import silence from './silence.ts'
import suspiciousClient from './suspicious-client.ts'
import suspiciousRuleName from './suspicious-rule-name.ts'
import syncNewContext from './sync-new-context.ts'
import transportRule from './transport-rule.ts'
import unseenDomain from './unseen-domain.ts'
import unseenMailPermission from './unseen-mail-permission.ts'
import vendorAlert from './vendor-alert.ts'

/** Every detection, in the order of the catalogue. A test compares the list with the folder. */
export const detections: readonly Detection[] = [
  bulkMailRead,
  crossMailboxAccess,
  decoyMailbox,
  exchangeRole,
  folderSharing,
  inboxRuleForwarding,
  mailboxForwarding,
  transportRule,
  journalRule,
  forwardingFanIn,
  hidingRule,
  suspiciousRuleName,
  ruleReadBack,
  autoForwardGuardrail,
  mailboxPermission,
  manyNetworks,
  suspiciousClient,
  consentMailScopes,
  domainTrust,
  mailAppRole,
  appCredential,
  appHijackPreparation,
  clientAccessPolicy,
  rogueApp,
  unseenMailPermission,
  unseenDomain,
  consentBlocked,
  directoryRole,
  auditOff,
  mailboxAuditOff,
  auditBypass,
  auditTrimmed,
  protectionTampering,
  auditThrottled,
  largeAccessRecord,
  mailboxSearch,
  contentSearch,
  ediscoveryExport,
  ediscoveryRole,
  explorerMailAccess,
  legacyExportCmdlet,
  vendorAlert,
  aitmSignIn,
  developerClientSignIn,
  servicePrincipalSignIn,
  actorToken,
  legacyProtocol,
  newMfaMethod,
  signInThenMailChange,
  sessionReuse,
  coverUp,
  dualPathApp,
  syncNewContext,
  newClientApp,
  appOnlyAccess,
  firstNonOwnerAccess,
  readVolumeAnomaly,
  localMailStore,
  onpremCollectionTooling,
  mailboxExportApi,
  graphMailAccess,
  graphNewClient,
  silence,
  ownAccess,
]
