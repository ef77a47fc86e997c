//! What a failed call means for the letter: the one table of it. Pure.

use std::time::Duration;

use super::api::Failure;
use crate::channel::SendError;

/// Bad requests that speak of the chat and not of the message: nothing will get through until somebody mends it.
const CHAT_IS_GONE: [&str; 13] = [
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "topic_closed",
    "not enough rights to send",
    "have no rights to send",
    "need administrator rights",
    "chat_admin_required",
    "chat_write_forbidden",
    "chat_restricted",
    "group is deactivated",
    "group chat was deactivated",
    "group chat was upgraded",
];

/// Bad requests that speak of one topic of a group.
const TOPIC_IS_GONE: [&str; 3] = ["message thread not found", "topic_deleted", "topic_id_invalid"];

/// What comes next after a call that failed.
pub(super) fn verdict(failure: Failure) -> SendError {
    let why = failure.to_string();
    match failure {
        Failure::Answered { migrate_to: Some(to), .. } => SendError::ChatMoved { to: to.to_string() },
        Failure::Answered { code: 429, retry_after, .. } => {
            SendError::Later { after: retry_after.map(Duration::from_secs), why }
        }
        Failure::Answered { code: 403, .. } => SendError::ChatGone { why },
        // 401 and 404: the token is not accepted. That says nothing about this message; it waits until that is mended.
        Failure::Answered { code: 401 | 404 | 500.., .. } | Failure::NotSent(_) => {
            SendError::Later { after: None, why }
        }
        Failure::Answered { description, .. } if speaks_of(&description, &TOPIC_IS_GONE) => {
            SendError::TopicGone { why }
        }
        Failure::Answered { description, .. } if speaks_of(&description, &CHAT_IS_GONE) => {
            SendError::ChatGone { why }
        }
        Failure::Answered { .. } => SendError::Refused { why },
        // Accepted, as it seems, and then not readable: it may have been said.
        Failure::Unreadable { status: 200..300, .. } | Failure::NoAnswer(_) => SendError::Unknown { why },
        Failure::Unreadable { .. } => SendError::Later { after: None, why },
    }
}

fn speaks_of(description: &str, reasons: &[&str]) -> bool {
    let description = description.to_lowercase();
    reasons.iter().any(|reason| description.contains(reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(code: u16, description: &str) -> SendError {
        verdict(Failure::Answered {
            code,
            description: description.to_owned(),
            retry_after: None,
            migrate_to: None,
        })
    }

    #[test]
    fn what_only_speaks_of_the_message_leaves_the_chat_alone() {
        for description in [
            "Bad Request: message is too long",
            "Bad Request: message text is empty",
            "Bad Request: message to edit not found",
            "Bad Request: message can't be edited",
            "Bad Request: BUTTON_DATA_INVALID",
            "Bad Request: can't parse entities: Unsupported start tag",
            "Bad Request: something that was invented yesterday",
        ] {
            let why = format!("400: {description}");
            assert_eq!(answered(400, description), SendError::Refused { why });
        }
        assert!(matches!(answered(413, "Request Entity Too Large"), SendError::Refused { .. }));
    }

    #[test]
    fn what_speaks_of_the_chat_gives_the_chat_up() {
        for (code, description) in [
            (403, "Forbidden: bot was blocked by the user"),
            (403, "Forbidden: user is deactivated"),
            (403, "Forbidden: bot was kicked from the group chat"),
            (403, "Forbidden: bot can't initiate conversation with a user"),
            (403, "Forbidden: the group chat was deleted"),
            (400, "Bad Request: chat not found"),
            (400, "Bad Request: TOPIC_CLOSED"),
            (400, "Bad Request: not enough rights to send text messages to the chat"),
            (400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
        ] {
            assert_eq!(
                answered(code, description),
                SendError::ChatGone { why: format!("{code}: {description}") }
            );
        }
    }

    #[test]
    fn a_topic_that_is_gone_leaves_its_group() {
        for description in ["Bad Request: message thread not found", "Bad Request: TOPIC_DELETED"] {
            let why = format!("400: {description}");
            assert_eq!(answered(400, description), SendError::TopicGone { why });
        }
    }

    #[test]
    fn what_speaks_of_neither_is_tried_again() {
        for (code, description) in
            [(401, "Unauthorized"), (404, "Not Found"), (500, "Internal Server Error"), (502, "Bad Gateway")]
        {
            assert!(matches!(answered(code, description), SendError::Later { after: None, .. }), "{code}");
        }
        let proxy = |status| verdict(Failure::Unreadable { status, excerpt: "<html>".to_owned() });
        assert!(matches!(proxy(502), SendError::Later { .. }));
        assert!(matches!(proxy(403), SendError::Later { .. }));
        assert!(matches!(proxy(200), SendError::Unknown { .. }));
    }
}
