<#
.SYNOPSIS
Lets Waxseal read the audit feed: gives its identity application permissions in Microsoft Entra ID.

.DESCRIPTION
Shows what is granted and what would be done; does it with -Yes. Running it again changes nothing that is there already.
Needs the module Microsoft.Graph.Authentication and a sign-in to the tenant that is to be watched. Looking takes no
particular role; granting takes Privileged Role Administrator or Global Administrator.

.EXAMPLE
infra/grant.ps1 -PrincipalId 0f6d6b0c-6f0e-4c7c-8a55-2f1f5d6a7b01

.EXAMPLE
infra/grant.ps1 -PrincipalId 0f6d6b0c-6f0e-4c7c-8a55-2f1f5d6a7b01 -Yes

.EXAMPLE
infra/grant.ps1 -List
#>
[CmdletBinding()]
param(
  # identityPrincipalId of the deployment; the client id of an app registration does as well.
  [guid] $PrincipalId,
  # Optional permissions to grant as well, by name.
  [string[]] $With = @(),
  # The permissions, and what each adds.
  [switch] $List,
  # Do it.
  [switch] $Yes,
  # The cloud of the tenant, as Connect-MgGraph names it.
  [ValidateSet('Global', 'USGov', 'USGovDoD')] [string] $Environment = 'Global'
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# need | application id of the resource | its name | permission | what it adds
$Permissions = @'
required|c5393580-f805-4401-95e8-94b7a6ef2fc2|Office 365 Management APIs|ActivityFeed.Read|the audit feed, which is all that Waxseal needs; no access to mail
optional|00000003-0000-0000-c000-000000000000|Microsoft Graph|AuditLog.Read.All|directory changes and sign-ins minutes after they happen; sign-ins need Entra ID P1
optional|00000003-0000-0000-c000-000000000000|Microsoft Graph|MailboxSettings.Read|inbox rules as they stand in mailboxes, also those that the log records without contents
optional|00000003-0000-0000-c000-000000000000|Microsoft Graph|Domain.Read.All|the tenant's own mail domains, so that what is outside is known from the first day
optional|00000003-0000-0000-c000-000000000000|Microsoft Graph|User.ReadBasic.All|the list of mailboxes, also of those that the log never names; their rules are read every day
optional|00000003-0000-0000-c000-000000000000|Microsoft Graph|OrgContact.Read.All|where mail goes that is forwarded to a contact of your own directory
optional|00000003-0000-0000-c000-000000000000|Microsoft Graph|Application.Read.All|which applications hold rights to mail, and their names on cards
optional|00000003-0000-0000-c000-000000000000|Microsoft Graph|Directory.Read.All|applications that people let into their mail by consent; reads all that the four before it read
optional|00000003-0000-0000-c000-000000000000|Microsoft Graph|AuditLogsQuery.Read.All|up to 180 days of the past, searched once at the start
optional|00000003-0000-0000-c000-000000000000|Microsoft Graph|ThreatHunting.Read.All|tables of Microsoft Defender, where the licence has them
'@ -split '\r?\n' | ConvertFrom-Csv -Delimiter '|' -Header Need, Application, Resource, Permission, Adds

if ($List) {
  foreach ($one in $Permissions) { "$($one.Permission) ($($one.Need), $($one.Resource)): $($one.Adds)." }
  'An optional permission adds nothing before the release whose CHANGELOG.md says that it is read. Grant none in advance.'
  return
}

if ($PrincipalId -eq [guid]::Empty) { throw '-PrincipalId is missing: give identityPrincipalId, as the deployment printed it.' }
$optional = @($Permissions | Where-Object Need -EQ 'optional' | ForEach-Object Permission)
foreach ($name in $With) {
  if ($name -notin $optional) { throw "-With $name is not an optional permission; see -List." }
}
if (-not (Get-Module -ListAvailable Microsoft.Graph.Authentication)) {
  throw 'The module Microsoft.Graph.Authentication is not on this machine: Install-Module Microsoft.Graph.Authentication -Scope CurrentUser'
}

$scopes = @('Application.Read.All')
if ($Yes) { $scopes += 'Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All' }
Connect-MgGraph -Scopes $scopes -Environment $Environment -NoWelcome

# Asks Graph. What is known to go wrong is told in a sentence.
function Invoke-Graph([string] $Doing, [string] $Method, [string] $Path, $Body) {
  $request = @{ Method = $Method; Uri = "/v1.0/$Path"; OutputType = 'PSObject' }
  if ($Body) { $request.Body = ($Body | ConvertTo-Json); $request.ContentType = 'application/json' }
  try { Invoke-MgGraphRequest @request }
  catch {
    $why = "$($_.Exception.Message) $($_.ErrorDetails)"
    # Somebody else was faster.
    if ($why -match 'already (exists|in use)') { return }
    if ($why -match 'Authorization_RequestDenied|Insufficient privileges|Forbidden') {
      throw "Your account has no right to do this ($Doing). A Privileged Role Administrator or Global Administrator has to run this with -Yes."
    }
    throw "Microsoft Graph failed at ${Doing}: $why"
  }
}

function Find-ServicePrincipal([string] $Property, [string] $Value) {
  $path = "servicePrincipals?`$filter=$Property%20eq%20'$Value'&`$select=id,displayName,appRoles"
  $answer = Invoke-Graph "looking for $Value" GET $path
  @($answer.value) | Select-Object -First 1
}

$tenant = (Get-MgContext).TenantId
$identity = Find-ServicePrincipal id $PrincipalId
if (-not $identity) { $identity = Find-ServicePrincipal appId $PrincipalId }
if (-not $identity) {
  throw "There is no identity $PrincipalId in tenant $tenant. A new one takes a minute to appear; otherwise compare with identityPrincipalId of the deployment, and the tenant."
}
"Tenant $tenant, identity $($identity.displayName) ($($identity.id))"
$assignments = "servicePrincipals/$($identity.id)/appRoleAssignments"
$granted = @((Invoke-Graph 'reading what is granted' GET "$assignments`?`$top=999").value)

$missing = 0
foreach ($one in $Permissions) {
  if ($one.Need -ne 'required' -and $one.Permission -notin $With) { continue }
  ''
  "$($one.Permission) of $($one.Resource) ($($one.Need)): $($one.Adds)."

  $resource = Find-ServicePrincipal appId $one.Application
  if (-not $resource -and -not $Yes) {
    $missing++
    "  Missing, and so is $($one.Resource) in this tenant. Would create it (POST servicePrincipals, appId $($one.Application)) and grant $($one.Permission)."
    continue
  }
  if (-not $resource) {
    $null = Invoke-Graph "creating $($one.Resource) in this tenant" POST servicePrincipals @{ appId = $one.Application }
    "  Created $($one.Resource) in this tenant."
    # What was created is not everywhere at once.
    foreach ($wait in 1, 2, 4, 8, 16) {
      $resource = Find-ServicePrincipal appId $one.Application
      if ($resource) { break }
      Start-Sleep -Seconds $wait
    }
    if (-not $resource) { throw "$($one.Resource) was created but does not show yet; run this again in a minute." }
  }

  $role = $resource.appRoles |
    Where-Object { $_.value -eq $one.Permission -and $_.allowedMemberTypes -contains 'Application' } |
    Select-Object -First 1
  if (-not $role) { throw "$($one.Resource) offers no application permission $($one.Permission) in this tenant; is -Environment right?" }
  if ($granted | Where-Object { $_.resourceId -eq $resource.id -and $_.appRoleId -eq $role.id }) {
    '  Granted already.'
    continue
  }

  $missing++
  $body = @{ principalId = $identity.id; resourceId = $resource.id; appRoleId = $role.id }
  if (-not $Yes) {
    "  Missing. Would POST to ${assignments}:"
    "  $($body | ConvertTo-Json -Compress)"
    continue
  }
  $null = Invoke-Graph "granting $($one.Permission)" POST $assignments $body
  '  Granted.'
}

''
if ($missing -eq 0) { 'Nothing to do.' }
elseif (-not $Yes) { 'Nothing was changed. To do it, run this again with -Yes.' }
else { "$missing granted. A running app keeps the token it has, for up to 24 hours; grant before you publish it." }
