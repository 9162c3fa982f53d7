/** Departments and what people in them are called; the first title is that of whoever leads it. */
export const departments: Readonly<Record<string, readonly string[]>> = {
  Engineering: ['VP Engineering', 'Software Engineer', 'Senior Software Engineer', 'Site Reliability Engineer'],
  Sales: ['Head of Sales', 'Account Executive', 'Sales Engineer', 'Account Manager'],
  Vertrieb: ['Vertriebsleiterin', 'Vertriebsbeauftragter', 'Außendienst'],
  Support: ['Head of Support', 'Support Engineer', 'Customer Success Manager'],
  Finance: ['Chief Financial Officer', 'Controller', 'Accountant'],
  'People & Culture': ['Chief People Officer', 'Recruiter', 'HR Business Partner'],
  'Recherche & Développement': ['Directrice R&D', 'Chercheuse', 'Ingénieur de recherche'],
  製造: ['工場長', '生産技術者', '品質管理'],
  Legal: ['General Counsel', 'Legal Counsel', 'Paralegal'],
  Marketing: ['Chief Marketing Officer', 'Content Strategist', 'Event Manager'],
};

export const departmentNames: readonly string[] = Object.keys(departments);

export const offices: readonly { readonly city: string; readonly country: string; readonly usage: string }[] = [
  { city: 'München', country: 'Germany', usage: 'DE' },
  { city: 'Kraków', country: 'Poland', usage: 'PL' },
  { city: '東京', country: 'Japan', usage: 'JP' },
  { city: 'São Paulo', country: 'Brazil', usage: 'BR' },
  { city: 'Hà Nội', country: 'Vietnam', usage: 'VN' },
  { city: 'Seattle', country: 'United States', usage: 'US' },
  { city: 'Αθήνα', country: 'Greece', usage: 'GR' },
];

/** What service accounts are for. */
export const servicePurposes: readonly string[] = ['backup', 'scanner', 'monitoring', 'sftp', 'kiosk', 'build'];
