/** The GitHub organisation whose teams the tests' Vault lets in. */
export const ORGANIZATION = "SprocketBot";
export const ORGANIZATION_ID = "4242";
/** The repository whose jobs it lets in. */
export const REPOSITORY = "SprocketBot/sprocket-infrastructure";

export const IDENTITY_PROVIDER_PORT = 3000;
/** Where Vault reaches what stands in for GitHub and for the issuer of CI's tokens. */
export const IDENTITY_PROVIDER_URL = `http://sprocket-e2e-identity:${IDENTITY_PROVIDER_PORT}`;

/** Where what stands in for Discord answers. */
export const NOTICES_PORT = 8080;
export const NOTICES_URL = `http://sprocket-e2e-notices:${NOTICES_PORT}`;
