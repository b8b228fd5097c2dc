// Screens of those who manage, as the fragment names them; their code comes when they are opened.
export const REPORTS = "#/reports";
export const DEPARTMENTS = "#/departments";
