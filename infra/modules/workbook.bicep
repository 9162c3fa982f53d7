metadata description = 'The workbook: how the job is, what it did, what went wrong and what to do about it.'

@description('Region.')
param location string

@description('Tags of every resource.')
param tags { *: string }

@description('What the workbook is called in the portal.')
@minLength(1)
@maxLength(200)
param displayName string

@description('Resource id of the workspace that the queries read.')
param workspaceId string

@description('One table or chart, with its query.')
@sealed()
type panel = {
  @description('What stands above it.')
  title: string
  @description('KQL.')
  query: string
  @description('How it is shown.')
  look: 'table' | 'timechart' | 'barchart' | 'piechart'
  @description('Width in percent.')
  width: '50' | '100'
}

var panels panel[] = [
  { title: 'The job', query: loadTextContent('../queries/workbook/state.kql'), look: 'table', width: '50' }
  {
    title: 'Progress of the latest cycle'
    query: loadTextContent('../queries/workbook/progress.kql')
    look: 'piechart'
    width: '50'
  }
  {
    title: 'Objects by action'
    query: loadTextContent('../queries/workbook/objectsByAction.kql')
    look: 'barchart'
    width: '50'
  }
  {
    title: 'Objects by result'
    query: loadTextContent('../queries/workbook/objectsByResult.kql')
    look: 'barchart'
    width: '50'
  }
  {
    title: 'Errors and what to do'
    query: loadTextContent('../queries/workbook/topErrors.kql')
    look: 'table'
    width: '100'
  }
  { title: 'Cycles', query: loadTextContent('../queries/workbook/cycles.kql'), look: 'table', width: '100' }
  {
    title: 'Age of the running cycle, in intervals'
    query: loadTextContent('../queries/workbook/cycleAge.kql')
    look: 'timechart'
    width: '50'
  }
  {
    title: 'Longest overdue object, in minutes'
    query: loadTextContent('../queries/workbook/pendingAge.kql')
    look: 'timechart'
    width: '50'
  }
  {
    title: 'Requests by answer'
    query: loadTextContent('../queries/workbook/requests.kql')
    look: 'barchart'
    width: '50'
  }
  {
    title: 'Throttling, in minutes waited'
    query: loadTextContent('../queries/workbook/throttling.kql')
    look: 'timechart'
    width: '50'
  }
  {
    title: 'Failed, staged and held'
    query: loadTextContent('../queries/workbook/backlog.kql')
    look: 'timechart'
    width: '50'
  }
  {
    title: 'People with an account'
    query: loadTextContent('../queries/workbook/people.kql')
    look: 'timechart'
    width: '50'
  }
  {
    title: 'Days left of the Zoom credential'
    query: loadTextContent('../queries/workbook/credential.kql')
    look: 'timechart'
    width: '50'
  }
  {
    title: 'What an administrator was told'
    query: loadTextContent('../queries/workbook/notices.kql')
    look: 'table'
    width: '50'
  }
]

@description('Kinds of things in a workbook, by Azure\'s numbers.')
var kinds = { query: 3, parameters: 9, timeRange: 4 }

var periods = [3600000, 14400000, 86400000, 604800000, 2592000000, 7776000000]

var periodItem = {
  type: kinds.parameters
  name: 'parameters'
  content: {
    version: 'KqlParameterItem/1.0'
    style: 'pills'
    queryType: 0
    resourceType: 'microsoft.operationalinsights/workspaces'
    parameters: [
      {
        id: guid(displayName, 'Period')
        version: 'KqlParameterItem/1.0'
        name: 'Period'
        type: kinds.timeRange
        isRequired: true
        typeSettings: { allowCustom: true, selectableValues: map(periods, period => { durationMs: period }) }
        value: { durationMs: 86400000 }
      }
    ]
  }
}

var panelItems = map(panels, panel => {
  type: kinds.query
  name: panel.title
  customWidth: panel.width
  content: {
    version: 'KqlItem/1.0'
    title: panel.title
    query: panel.query
    size: 0
    queryType: 0
    resourceType: 'microsoft.operationalinsights/workspaces'
    timeContextFromParameter: 'Period'
    visualization: panel.look
    showExportToExcel: true
  }
})

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'entra-zoom-sync')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: displayName
    category: 'workbook'
    sourceId: workspaceId
    serializedData: string({
      version: 'Notebook/1.0'
      items: concat([periodItem], panelItems)
      fallbackResourceIds: [workspaceId]
    })
  }
}
