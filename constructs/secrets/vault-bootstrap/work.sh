# Initialises Vault once, unseals it, and gives the deployer the policy and password it should have.
#
# Kept on the volume: `unseal-key`, and `maintainer-password` of the one user who may set the
# deployer's policy and password. `init` holds the root token only until the maintainer exists.
# Each step may be the last one before the task is killed: the next start goes on from there.
umask 077
keys=/vault/file
init=$keys/init
maintainer_made=$keys/maintainer-made

# status COMMAND...: the exit code of a command of Vault's, which is no failure: 1 is no answer, 2 is no.
status() {
  code=0
  "$@" >/dev/null 2>&1 || code=$?
  echo "$code"
}

active() {
  vault status 2>/dev/null | grep -q '^HA Mode *active'
}

until test "$(status vault status)" -ne 1; do sleep 1; done

# Vault gives its keys away once. What it printed is whole if it has the root token, which comes last.
if test -e "$init.new" && grep -q '^Initial Root Token: ' "$init.new"; then
  mv "$init.new" "$init"
fi

case $(status vault operator init -status) in
  0) ;;
  2)
    if test -e "$keys/unseal-key"; then
      echo "Vault is empty, and the volume of this task has the unseal key of another Vault." >&2
      echo "Bring Vault's data volume back, or remove this task's keys volume too and start anew." >&2
      exit 1
    fi
    echo "initialising Vault"
    rm -f "$maintainer_made"
    vault operator init -key-shares=1 -key-threshold=1 >"$init.new"
    mv "$init.new" "$init"
    ;;
  *)
    echo "Vault at $VAULT_ADDR stopped answering" >&2
    exit 1
    ;;
esac

if test -e "$init"; then
  # Without a newline: Vault takes a key as it stands.
  sed -n 's/^Unseal Key 1: //p' "$init" | tr -d '\n' >"$keys/unseal-key"
fi

if ! test -s "$keys/unseal-key"; then
  echo "Vault was initialised before, and the volume of this task has no unseal key for it." >&2
  echo "Bring the volume back, or remove Vault's data volume too and start anew." >&2
  exit 1
fi

# A moment after its start Vault refuses what it takes a second later.
until active; do
  vault write sys/unseal key=@"$keys/unseal-key" >/dev/null || echo "Vault is not unsealed yet"
  sleep 1
done
echo "Vault is unsealed"

if test -e "$init"; then
  VAULT_TOKEN=$(sed -n 's/^Initial Root Token: //p' "$init")
  export VAULT_TOKEN
  if ! test -e "$maintainer_made"; then
    head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$keys/maintainer-password"
    vault auth list | grep -q '^userpass/' || vault auth enable userpass
    vault policy write maintainer "$POLICIES/maintainer.json"
    vault write auth/userpass/users/maintainer token_policies=maintainer password=@"$keys/maintainer-password"
    touch "$maintainer_made"
  fi
  # Revoked already when the task was stopped between this line and the next.
  refusal=$(vault token revoke -self 2>&1) || echo "$refusal" | grep -qE 'permission denied|bad token'
  unset VAULT_TOKEN
  rm "$init"
  echo "the root token is revoked"
fi

VAULT_TOKEN=$(vault write -field=token auth/userpass/login/maintainer password=@"$keys/maintainer-password")
export VAULT_TOKEN
vault policy write maintainer "$POLICIES/maintainer.json"
vault policy write deployer "$POLICIES/deployer.json"
vault write auth/userpass/users/deployer token_policies=deployer password=@"$DEPLOYER_PASSWORD_FILE"
vault token revoke -self
