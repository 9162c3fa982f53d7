metadata description = 'What the app is told, by the names of its settings. A value that is empty leaves the app\'s default.'

import { jobSettings, notificationSettings, zoomConnection } from 'types.bicep'

@export()
@description('A reference that the platform resolves when the app starts.')
func secretReference(vaultName string, secretName string) string =>
  '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${secretName})'

@export()
@description('Names of the secrets that an administrator enters.')
func secretNamesOf(auth string, hasWebhook bool) string[] =>
  concat(
    [auth == 'bearer' ? 'zoom-bearer-token' : 'zoom-client-secret'],
    hasWebhook ? ['notification-webhook', 'notification-webhook-secret'] : []
  )

@export()
@description('Settings of the way into Zoom.')
func zoomSettingsOf(zoom zoomConnection, vaultName string) { *: string } => {
  ZOOM_AUTH: zoom.auth
  ZOOM_PLAN: zoom.plan
  ZOOM_ACCOUNT_ID: zoom.auth == 'serverToServer' ? zoom.accountId : ''
  ZOOM_CLIENT_ID: zoom.auth == 'bearer' ? '' : zoom.clientId
  ZOOM_CLIENT_SECRET: zoom.auth == 'bearer' ? '' : secretReference(vaultName, 'zoom-client-secret')
  ZOOM_BEARER_TOKEN: zoom.auth == 'bearer' ? secretReference(vaultName, 'zoom-bearer-token') : ''
}

@export()
@description('Settings of the messages.')
func notificationSettingsOf(notification notificationSettings, vaultName string) { *: string } => {
  NOTIFICATION_SENDER: notification.sender
  NOTIFICATION_EMAIL: notification.recipients
  NOTIFICATION_WEBHOOK: notification.hasWebhook ? secretReference(vaultName, 'notification-webhook') : ''
  NOTIFICATION_WEBHOOK_SECRET: notification.hasWebhook ? secretReference(vaultName, 'notification-webhook-secret') : ''
}

@export()
@description('Settings of the job.')
func jobSettingsOf(job jobSettings) { *: string } => {
  CYCLE_INTERVAL: job.?cycleInterval ?? ''
  SCHEDULE: job.?schedule ?? ''
  SLICE_BUDGET: job.?sliceBudget ?? ''
  LEASE_DURATION: job.?leaseDuration ?? ''
  RECONCILE_INTERVAL: job.?reconcileInterval ?? ''
  RECONCILE_MODE: job.?reconcileMode ?? ''
  DELETION_THRESHOLD: string(job.?deletionThreshold ?? '')
  DELETION_THRESHOLD_PERCENT: string(job.?deletionThresholdPercent ?? '')
  DELETION_THRESHOLD_DAILY: string(job.?deletionThresholdDaily ?? '')
  REMOVAL_POLICY: string(job.?removalPolicy ?? '')
  SKIP_OUT_OF_SCOPE_DELETIONS: string(job.?skipOutOfScopeDeletions ?? '')
  LICENCE_POLICY: job.?licencePolicy ?? ''
  ZOOM_LICENSED_SEATS: string(job.?licensedSeats ?? '')
  LOG_RETENTION: job.?logRetention ?? ''
  LOG_REDACT: join(job.?logRedact ?? [], ',')
  ROLE_PRECEDENCE: join(job.?rolePrecedence ?? [], ',')
  ZOOM_DIALECT: job.?zoomDialect ?? ''
  ZOOM_MEMBER_REMOVAL: job.?zoomMemberRemoval ?? ''
  ZOOM_REQUESTS_PER_SECOND: job.?zoomRequestsPerSecond ?? ''
  NESTED_GROUPS: job.?nestedGroups ?? ''
  SCHEMA_FILE: job.?schemaFile ?? ''
}
