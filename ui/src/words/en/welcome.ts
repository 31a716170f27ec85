/** Words of Welcome. */
export const welcome = {
  "welcome.title": "Connect Microsoft 365 with the products that plug into it",
  "welcome.practiseTitle": "Practise first",
  "welcome.practiseSentence":
    "Try everything on a pretend organisation that lives on this computer. No password, nothing real, nothing that can break.",
  "welcome.practiseButton": "Start practising",
  "welcome.practiseStarting": "Preparing the pretend organisation",
  "welcome.doors": "Or begin for real",
  "welcome.organisationTitle": "Set up my organisation",
  "welcome.organisationSentence":
    "For admins: connect a product for everyone, or look after what is connected.",
  "welcome.accountTitle": "Connect my own account",
  "welcome.accountSentence":
    "For everyone: let a product use your calendar or mail, see what it may do, and stop it again.",
  "welcome.promise":
    "Gatehouse changes nothing before you have seen the plan, and it can take back what it did.",
} as const;
