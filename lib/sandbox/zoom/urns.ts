/** The schema and message names of Zoom's SCIM 2.0. */
export const urns = {
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  enterprise: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  /** `loginType`; shown in lists. */
  zoomLogin: 'urn:us:zoom:scim:schemas:extension:1.0:ZoomUser',
  /** Licences and profile extras; never shown in lists. */
  zoomExtension: 'urn:ietf:params:scim:schemas:extension:zoom:1.0:User',
  zoomGroup: 'urn:ietf:params:scim:schemas:extension:zoom:2.0:Group',
  list: 'urn:ietf:params:scim:api:messages:2.0:ListResponse',
  error: 'urn:ietf:params:scim:api:messages:2.0:Error',
} as const;
