//! The inventory as a file for others.

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
        let (query, seen) = (view::inventory::query(&export.query), self.inventory_view(&set_ups));
        let (downloads, form) = (self.0.options.downloads.clone(), export.form);
        let today = self.now().to_zoned(self.0.options.host.zone()).date();
        off_thread(move || {
            let mut content = Vec::new();
            let name = match form {
                ExportForm::Csv => {
                    watch::inventory::export_csv(&store, &query, &seen, &mut content)?;
                    format!("apps-{today}.csv")
                }
                ExportForm::Json => {
                    watch::inventory::export_json(&store, &query, &seen, &mut content)?;
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
