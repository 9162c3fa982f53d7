/** The API's app roles; each contains the ones before it. */
export const apiRoles = ['Provisioning.Read', 'Provisioning.Operate', 'Provisioning.Configure'] as const;
export type ApiRole = (typeof apiRoles)[number];

/** Whether the roles in a token include `wanted` or one that contains it. */
export const includesRole = (roles: readonly string[], wanted: ApiRole): boolean => {
  const least = apiRoles.indexOf(wanted);
  return apiRoles.some((role, index) => index >= least && roles.includes(role));
};
