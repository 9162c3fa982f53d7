export const benchDomain = 'contoso.example';
export const benchTenantId = '11111111-1111-4111-8111-111111111111';
export const benchServicePrincipalId = '22222222-2222-4222-8222-222222222222';
export const benchCredentials = { accountId: 'account', clientId: 'client', clientSecret: 'secret' } as const;
