//! The inventory as a file for others.

use std::collections::HashSet;

use contract::{ExportForm, InventoryExport};

use crate::errors::Answer;
use crate::inventory::off_thread;
use crate::{App, files, view};

impl App {
    /// Saves rows of the inventory to the person's downloads; gives the path.
    pub async fn inventory_export(&self, export: InventoryExport) -> Answer<String> {
        let space = self.space()?;
        let account = self.active(&space)?;
        let store = self.inventory(&space, account.key.tenant_id.as_str()).await?;
        let set_ups = self.set_ups_by_app(&space, &account)?;
        let seen = self.inventory_view(&space, &store, &set_ups)?;
        let query = view::inventory::query(&export.query);
        let only: Option<HashSet<String>> =
            export.app_ids.map(|ids| ids.into_iter().map(|id| id.trim().to_owned()).collect());
        let (downloads, form) = (self.0.options.downloads.clone(), export.form);
        let today = self.now().to_zoned(self.0.options.host.zone()).date();
        off_thread(move || {
            let mut content = Vec::new();
            let name = match form {
                ExportForm::Csv => {
                    watch::inventory::export_csv(&store, &query, only.as_ref(), &seen, &mut content)?;
                    format!("apps-{today}.csv")
                }
                ExportForm::Json => {
                    watch::inventory::export_json(&store, &query, only.as_ref(), &seen, &mut content)?;
                    format!("apps-{today}.json")
                }
            };
            Ok::<_, watch::inventory::ExportError>((downloads, name, content))
        })
        .await
        .and_then(|(downloads, name, content)| files::save_for_person(&downloads, &name, &content))
    }
}

impl crate::errors::Explain for watch::inventory::ExportError {
    fn explain(&self) -> contract::AppError {
        match self {
            Self::Store(error) => error.explain(),
            Self::Write(error) => error.explain(),
        }
    }
}
