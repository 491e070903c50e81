package bench

// The operations that Kith is asked.

const customerDocument = `query Customer($id: ID!) {
  customer(id: $id) {
    id name email phone journeyStage
    employments {
      edges { properties { title seniority from } node { id name domain accountStage } }
    }
  }
}`

const accountDocument = `query Account($id: ID!) {
  account(id: $id) {
    id name
    people(first: 10, orderBy: [{name: ASC}]) {
      edges { node {
        id name
        interactions(first: 5, orderBy: [{at: DESC}]) {
          edges { node {
            id at kind channel
            employees(first: 3) { edges { node { id name } } }
            products(first: 3) { edges { node { id name } } }
          } }
        }
      } }
    }
  }
}`

const contactDocument = `query Contact($id: ID!) {
  account(id: $id) {
    id name
    people(first: 20, filter: {interactions: {count: {gte: 5}}}, orderBy: [{interactions: {at: {latest: DESC}}}]) {
      totalCount
      edges { node { id name } }
    }
  }
}`

const dealDocument = `query Deal($id: ID!) {
  deal(id: $id) {
    id name stage amount { amount currency }
    account { id name }
    claims {
      edges { node {
        id role stance confidence
        customer {
          id name
          interactions(first: 1, orderBy: [{at: DESC}]) { totalCount edges { node { id at channel } } }
        }
      } }
    }
  }
}`

const timelineDocument = `query Timeline($id: ID!) {
  customer(id: $id) {
    id name
    timeline(first: 50) {
      edges {
        properties { at kind }
        node { ... on Node { id } ... on Interaction { channel subject } ... on Order { number } ... on Case { severity } ... on Deal { name } }
      }
    }
  }
}`

const searchDocument = `query Search($text: String!) {
  search(text: $text, kinds: [CUSTOMER], first: 20) {
    matched { field how }
    node { ... on Customer { id name email } }
  }
}`

const familyDocument = `query Family($id: ID!) {
  account(id: $id) {
    id name
    ultimateParent { id name }
    family {
      totalCount
      aggregate { deals(filter: {stage: {in: [PROSPECTING, ENGAGING, PROPOSAL, NEGOTIATION]}}) { count amount { currency sum } } }
    }
  }
}`

const accountsDocument = `query Accounts($industry: String!, $from: Int!, $to: Int!) {
  accounts(
    first: 20
    filter: {firmographics: {industry: {eq: $industry}, employeeCount: {gte: $from, lt: $to}}}
    orderBy: [{firmographics: {revenue: {direction: DESC, currency: "EUR"}}}]
  ) {
    totalCount
    edges { node {
      id name
      firmographics { id employeeCount revenue { amount currency } }
      deals(filter: {stage: {in: [PROSPECTING, ENGAGING, PROPOSAL, NEGOTIATION]}}) { totalCount aggregate { amount { currency sum } } }
    } }
  }
}`

const regularsDocument = `query Regulars {
  customers(first: 20, filter: {orders: {count: {gte: 2}}}, orderBy: [{interactions: {at: {latest: DESC}}}]) {
    totalCount
    edges { node { id name } }
  }
}`

const silentDocument = `query Silent {
  deals(
    first: 20
    filter: {stage: {in: [PROSPECTING, ENGAGING, PROPOSAL, NEGOTIATION]}, interactions: {none: {at: {within: "P14D"}}}}
    orderBy: [{amount: {direction: DESC, currency: "EUR"}}]
  ) {
    totalCount
    edges { node { id name amount { amount currency } } }
  }
}`

const weeksDocument = `query Weeks($since: DateTime!) {
  orders(filter: {placedAt: {gte: $since}}) {
    groups(by: [PLACED_BY_ACCOUNT_FIRMOGRAPHICS_INDUSTRY, PLACED_AT], unit: WEEK, zone: "Europe/Oslo", orderBy: {key: ASC}, first: 200) {
      rows {
        key { placedBy { account { firmographics { industry } } } placedAt { day } }
        count
        aggregate { total { currency sum median } distinct(of: PLACED_BY_CUSTOMER) }
      }
    }
  }
}`

const courseDocument = `query Course($id: ID!) {
  deal(id: $id) {
    id name
    timeline(first: 50) {
      edges {
        properties { at kind }
        node { ... on Node { id } ... on Interaction { channel subject } ... on Claim { role } ... on HiddenEvent { hiddenEventKind } }
      }
    }
  }
}`

const committeeDocument = `query Committee($id: ID!) {
  deal(id: $id) {
    id name
    committee {
      truncated comparedAt liveThreads balance
      members {
        customer { id name }
        leadingClaim { id role stance confidence }
        competingClaims { id role stance confidence }
        tied
        position { account { id name } title seniority from }
        leftAt
        nextPosition { account { id name } title seniority from }
        approval lastIn lastOut medianGap
        ties { employee { id name } strength sumIn sumOut n lastIn lastOut live }
      }
      seats { role expected state holders { id name } n }
      warnings { code state customer { id name } since n value limit }
      verdict { code subjects { id name } numbers text }
      changes { at code customer { id name } role stance from }
      coverage { role state won { with n low high } lost { with n low high } }
    }
  }
}`

const introductionsDocument = `query Introductions($from: ID!, $to: ID!) {
  introductions(from: $from, to: $to, first: 5) {
    truncated
    skippedAccounts { id name }
    paths {
      strength text
      hops {
        reason strength at account { id name }
        from { ... on Customer { id name } ... on Employee { id name } }
        to { ... on Customer { id name } ... on Employee { id name } }
      }
    }
  }
}`
