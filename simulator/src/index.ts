export { type Company, defaultCompany } from './company.ts'
export { type Simulator, type SimulatorOptions, startSimulator } from './start-simulator.ts'
