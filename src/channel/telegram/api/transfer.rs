//! Whole files: fetching one from Telegram, and handing one over in a form.

use std::time::Duration;

use reqwest::{Response, Url, multipart};
use serde::de::DeserializeOwned;

use super::{Answer, Api, Failure, date};

/// How long a file may take on its way.
const FILE_TIMEOUT: Duration = Duration::from_mins(2);

/// What came of fetching a file.
pub(in crate::channel::telegram) enum Fetched {
    /// All of it.
    Whole(Vec<u8>),
    /// It has more bytes than were asked for; the rest was not read.
    TooLarge,
}

impl Api {
    /// Fetches the file at a path that `getFile` gave, of at most `max` bytes.
    pub async fn download(&self, path: &str, max: u64) -> Result<Fetched, Failure> {
        let request = self.bot.client().get(self.file_url(path)).timeout(FILE_TIMEOUT);
        let response = request.send().await.map_err(|error| self.network(error))?;
        let status = response.status();
        if !status.is_success() {
            let body = response.bytes().await.map_err(|error| self.network(error))?;
            return Err(Failure::Unreadable { status: status.as_u16(), excerpt: self.excerpt(&body) });
        }
        self.read_at_most(response, max).await
    }

    /// Reads no more than it takes to know that a file is too large, whatever the answer says of its length.
    async fn read_at_most(&self, mut response: Response, max: u64) -> Result<Fetched, Failure> {
        let mut bytes = Vec::new();
        while let Some(part) = response.chunk().await.map_err(|error| self.network(error))? {
            bytes.extend_from_slice(&part);
            if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > max {
                return Ok(Fetched::TooLarge);
            }
        }
        Ok(Fetched::Whole(bytes))
    }

    /// Calls a method whose arguments hold a file.
    pub async fn call_form<R: DeserializeOwned>(
        &self,
        method: &str,
        form: multipart::Form,
    ) -> Result<Answer<R>, Failure> {
        let request = self.bot.client().post(self.method_url(method)).timeout(FILE_TIMEOUT);
        let response = request.multipart(form).send().await.map_err(|error| self.network(error))?;
        let (status, at) = (response.status(), date(response.headers()));
        let body = response.bytes().await.map_err(|error| self.network(error))?;
        self.read(status, &body).map(|result| Answer { result, at })
    }

    fn file_url(&self, path: &str) -> Url {
        let mut url = self.bot.api_url();
        url.path_segments_mut()
            .expect("checked when it was made")
            .pop_if_empty()
            .push("file")
            .push(&format!("bot{}", self.bot.token()))
            .extend(path.split('/').filter(|part| !part.is_empty() && *part != ".." && *part != "."));
        url
    }
}
