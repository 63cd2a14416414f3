# Unseals Vault after each of its restarts. Ends, and so begins anew, when that fails.
while :; do
  sleep 2 &
  wait $!
  code=0
  vault status >/dev/null 2>&1 || code=$?
  if test "$code" -eq 2; then
    vault write sys/unseal key=@/vault/file/unseal-key >/dev/null
    echo "Vault is unsealed again"
  fi
done
