# Proves that the deployer can sign in, and that no root token is left on the volume.
test ! -e /vault/file/init
test ! -e /vault/file/init.new
VAULT_TOKEN=$(vault write -field=token auth/userpass/login/deployer password=@"$DEPLOYER_PASSWORD_FILE")
export VAULT_TOKEN
vault token lookup | grep -q '^policies .*deployer'
vault token revoke -self
