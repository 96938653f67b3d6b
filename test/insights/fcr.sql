-- First contact resolution and the first-answer rate of a period, reckoned again from the tables alone, without any of
-- the service's code: docs/figures.md says what is reckoned. Parameters: :from, :until (ms, half-open), :now, :days.
-- One row a figure: definition, numerator, denominator.
with
  said as (
    select call_id, verdict, coalesce(entry_id, script_id) as entry_id, coalesce(revision_id, script_revision_id) as revision_id
    from call_outcome as one
    where not exists (select 1 from call_outcome as later where later.call_id = one.call_id and later.id > one.id)
  ),
  contact as (
    select call.id, call.started_at as at, call.caller_hash as caller, call.account_hash as account,
      said.verdict, said.entry_id, case when said.revision_id is null then call.topic else revision.topic end as topic
    from call
    left join said on said.call_id = call.id
    left join revision on revision.id = said.revision_id
  ),
  window_of (definition, length) as (
    values ('fcr_no_repeat_48h', 48 * 3600000), ('fcr_no_repeat_days', :days * 86400000)
  ),
  comparable as (
    select window_of.definition, window_of.length, contact.* from contact, window_of
    where contact.at >= :from and contact.at < :until
      and contact.topic is not null and (contact.caller is not null or contact.account is not null)
      and contact.at + window_of.length <= :now
  ),
  judged as (
    select one.definition,
      exists (
        select 1 from contact as other
        where other.topic = one.topic and (other.caller = one.caller or other.account = one.account)
          and other.at > one.at - one.length
          and (other.at < one.at or (other.at = one.at and other.id < one.id))
      ) as is_repeat,
      exists (
        select 1 from contact as other
        where other.topic = one.topic and (other.caller = one.caller or other.account = one.account)
          and other.at < one.at + one.length
          and (other.at > one.at or (other.at = one.at and other.id > one.id))
      ) as was_repeated
    from comparable as one
  ),
  reached as (
    select callback_id, solved, at from callback_try as one
    where result = 'reached' and not exists (
      select 1 from callback_try as later
      where later.callback_id = one.callback_id and later.result = 'reached' and later.id > one.id
    )
  )
select 'fcr_verdict' as definition, coalesce(sum(verdict = 'resolved'), 0) as numerator, count(*) as denominator
  from contact where at >= :from and at < :until and verdict is not null
union all
select definition, sum(not was_repeated), count(*) from judged where not is_repeat group by definition
union all
select 'fcr_callback', coalesce(sum(coalesce(solved, 0)), 0), count(*) from reached where at >= :from and at < :until
union all
select 'first_answer',
  coalesce(sum(
    entry_id is not null and coalesce(verdict, '') <> 'escalated'
    and id not in (select call_id from question where call_id is not null)
  ), 0),
  count(*)
  from contact
  where at >= :from and at < :until
    and (id in (select call_id from call_search) or id in (select call_id from entry_opening)
      or id in (select call_id from script_step))
