#!/usr/bin/env bash
# Lets Waxseal read the audit feed: gives its identity application permissions in Microsoft Entra ID.
#
#   infra/grant.sh --principal-id ID                 show what is granted and what would be done
#   infra/grant.sh --principal-id ID --yes           do it
#   infra/grant.sh --principal-id ID --with NAME     an optional permission as well (again for more of them)
#   infra/grant.sh --list                            the permissions, and what each adds
#
# ID is `identityPrincipalId` of the deployment; the client id of an app registration does as well.
# Needs the Azure CLI, signed in to the tenant that is to be watched. Looking takes no particular role; granting takes
# Privileged Role Administrator or Global Administrator. Running it again changes nothing that is there already.
# -f: what somebody gives for a name is never a pattern of files.
set -euf -o pipefail

# need | application id of the resource | its name | permission | what it adds
PERMISSIONS="\
required|c5393580-f805-4401-95e8-94b7a6ef2fc2|Office 365 Management APIs|ActivityFeed.Read|the audit feed, which is all that Waxseal needs; no access to mail
optional|00000003-0000-0000-c000-000000000000|Microsoft Graph|AuditLog.Read.All|directory changes and sign-ins minutes after they happen; sign-ins need Entra ID P1
optional|00000003-0000-0000-c000-000000000000|Microsoft Graph|MailboxSettings.Read|inbox rules as they stand in mailboxes, also those that the log records without contents
optional|00000003-0000-0000-c000-000000000000|Microsoft Graph|Domain.Read.All|the tenant's own mail domains, so that what is outside is known from the first day
optional|00000003-0000-0000-c000-000000000000|Microsoft Graph|User.ReadBasic.All|the list of mailboxes, also of those that the log never names; their rules are read every day
optional|00000003-0000-0000-c000-000000000000|Microsoft Graph|OrgContact.Read.All|where mail goes that is forwarded to a contact of your own directory
optional|00000003-0000-0000-c000-000000000000|Microsoft Graph|Application.Read.All|which applications hold rights to mail, and their names on cards
optional|00000003-0000-0000-c000-000000000000|Microsoft Graph|Directory.Read.All|applications that people let into their mail by consent; reads all that the four before it read
optional|00000003-0000-0000-c000-000000000000|Microsoft Graph|AuditLogsQuery.Read.All|up to 180 days of the past, searched once at the start
optional|00000003-0000-0000-c000-000000000000|Microsoft Graph|ThreatHunting.Read.All|tables of Microsoft Defender, where the licence has them"
NOTE="An optional permission adds nothing before the release whose CHANGELOG.md says that it is read. Grant none in advance."

GUID='^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$'
principal="" wanted="" apply=no list=no

# say LINE: to the reader. fail CODE LINE...: one error, and the end.
say() { printf '%s\n' "$*"; }
fail() {
  local code=$1
  shift
  printf '%s\n' "$*" >&2
  exit "$code"
}

while [ $# -gt 0 ]; do
  case $1 in
    --principal-id | --with)
      [ $# -ge 2 ] || fail 2 "$1 needs a value; see the first lines of $0."
      if [ "$1" = --with ]; then wanted="$wanted $2"; else principal=$2; fi
      shift 2
      ;;
    --yes) apply=yes && shift ;;
    --list) list=yes && shift ;;
    *) fail 2 "$1 is not known here; see the first lines of $0." ;;
  esac
done

if [ "$list" = yes ]; then
  while IFS='|' read -r need _ resource permission adds; do
    say "$permission ($need, $resource): $adds."
  done <<<"$PERMISSIONS"
  say "$NOTE"
  exit 0
fi

[ -n "$principal" ] || fail 2 "--principal-id is missing: give identityPrincipalId, as the deployment printed it."
[[ $principal =~ $GUID ]] || fail 2 "--principal-id is not an id such as 0f6d6b0c-6f0e-4c7c-8a55-2f1f5d6a7b01."
for name in $wanted; do
  awk -F '|' -v name="$name" '$1 == "optional" && $4 == name { found = 1 } END { exit !found }' <<<"$PERMISSIONS" ||
    fail 2 "--with $name is not an optional permission; see --list."
done
command -v az >/dev/null || fail 1 "The Azure CLI (az) is not on this machine; install it, or use the Cloud Shell of the Azure portal."

errors=$(mktemp)
trap 'rm -f "$errors"' EXIT

# ask DOING ARGUMENT...: runs az for its answer. What is known to go wrong is told in a sentence, the rest as az says it,
# without anything that looks like a token.
ask() {
  local doing=$1
  shift
  az "$@" --only-show-errors 2>"$errors" && return
  # Somebody else was faster.
  if grep -qiE 'already (exists|in use)' "$errors"; then return; fi
  if grep -qiE 'az login|AADSTS[0-9]+' "$errors"; then
    fail 1 "The Azure CLI is not signed in to the tenant: run az login --tenant TENANT, then this again. It failed at $doing."
  fi
  if grep -qiE 'Authorization_RequestDenied|Insufficient privileges|Forbidden' "$errors"; then
    fail 1 "Your account has no right to do this ($doing). A Privileged Role Administrator or Global Administrator has to run: $again"
  fi
  fail 1 "az failed at $doing: $(sed -E 's/eyJ[A-Za-z0-9_.-]+/[token]/g' "$errors" | tr '\n' ' ' | cut -c1-600)"
}
again="$0 --principal-id $principal$(for name in $wanted; do printf ' --with %s' "$name"; done) --yes"

tenant=$(ask 'reading which tenant you are signed in to' account show --query tenantId --output tsv)
graph=$(ask 'reading the address of Microsoft Graph' cloud show --query endpoints.microsoftGraphResourceId --output tsv)
graph=${graph%/}

for property in id appId; do
  found=$(ask 'looking for the identity' rest --method GET --output tsv \
    --url "$graph/v1.0/servicePrincipals?\$filter=$property%20eq%20'$principal'&\$select=id,displayName" \
    --query 'value[].[id,displayName]')
  [ -z "$found" ] || break
done
[ -n "$found" ] || fail 1 "There is no identity $principal in tenant $tenant. A new one takes a minute to appear; otherwise compare with identityPrincipalId of the deployment, and the tenant."
IFS=$'\t' read -r principal display <<<"$found"
say "Tenant $tenant, identity $display ($principal)"

granted=$(ask 'reading what is granted' rest --method GET --output tsv \
  --url "$graph/v1.0/servicePrincipals/$principal/appRoleAssignments?\$top=999" \
  --query 'value[].[resourceId,appRoleId]')

# resource_of APPLICATION: the id of its service principal here; nothing where there is none.
resource_of() {
  ask "looking for application $1" rest --method GET --output tsv \
    --url "$graph/v1.0/servicePrincipals?\$filter=appId%20eq%20'$1'&\$select=id" --query 'value[].id'
}

# role_of RESOURCE PERMISSION: the id of the application permission of that name.
role_of() {
  ask "looking up $2" rest --method GET --output tsv --url "$graph/v1.0/servicePrincipals/$1?\$select=appRoles" \
    --query "appRoles[?value=='$2' && contains(allowedMemberTypes, 'Application')].id"
}

missing=0 changed=0
while IFS='|' read -r need application resource permission adds; do
  [ "$need" = required ] || [[ " $wanted " == *" $permission "* ]] || continue
  say "" && say "$permission of $resource ($need): $adds."

  target=$(resource_of "$application")
  if [ -z "$target" ]; then
    if [ "$apply" = no ]; then
      missing=$((missing + 1))
      say "  Missing, and so is $resource in this tenant. Would run:"
      say "  az ad sp create --id $application"
      say "  and then grant $permission."
      continue
    fi
    ask "creating $resource in this tenant" ad sp create --id "$application" --output none
    say "  Created $resource in this tenant."
    # What was created is not everywhere at once.
    for wait in 1 2 4 8 16; do
      target=$(resource_of "$application")
      [ -z "$target" ] || break
      sleep "$wait"
    done
    [ -n "$target" ] || fail 1 "$resource was created but does not show yet; run this again in a minute."
  fi

  role=$(role_of "$target" "$permission")
  [[ $role =~ $GUID ]] || fail 1 "$resource offers no application permission $permission in this tenant; is it the right cloud? See az cloud show."
  if grep -qiF "$target"$'\t'"$role" <<<"$granted"; then
    say "  Granted already."
    continue
  fi

  missing=$((missing + 1))
  url="$graph/v1.0/servicePrincipals/$principal/appRoleAssignments"
  body="{\"principalId\":\"$principal\",\"resourceId\":\"$target\",\"appRoleId\":\"$role\"}"
  if [ "$apply" = no ]; then
    say "  Missing. Would run:"
    say "  az rest --method POST --url $url --headers Content-Type=application/json --body '$body'"
    continue
  fi
  ask "granting $permission" rest --method POST --url "$url" --headers Content-Type=application/json \
    --body "$body" --output none
  changed=$((changed + 1))
  say "  Granted."
done <<<"$PERMISSIONS"

say ""
if [ "$missing" = 0 ]; then
  say "Nothing to do."
elif [ "$apply" = no ]; then
  say "Nothing was changed. To do it: $again"
else
  say "$changed granted. A running app keeps the token it has, for up to 24 hours; grant before you publish it."
fi
