using System.Text;
using OkxData.Diagnostics;
using OkxData.Errors;

namespace OkxData.Streaming;

/// <content>What comes in.</content>
internal sealed partial class StreamSession
{
    private async Task ReceiveLoopAsync()
    {
        using var receiver = new FrameReceiver(_socket, Hear);
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                var frame = await receiver.ReceiveAsync(_stop.Token).ConfigureAwait(false);
                if (frame.Kind == ReceivedKind.Close)
                {
                    End(StreamLoss.ByPeer(_socket));
                    return;
                }

                _context.Metrics.Received(_feed.Path);
                if (frame.Kind == ReceivedKind.Text)
                    Handle(frame.Text.Span);
                else
                    _feed.Unusable(frame.Kind == ReceivedKind.Binary ? "binary" : "oversized", default);
            }
        }
        catch (Exception exception)
        {
            End(StreamLoss.Of(exception));
        }
    }

    private void Handle(ReadOnlySpan<byte> text)
    {
        var frame = StreamFrame.Read(text);
        lock (_feed.Gate)
        {
            switch (frame.Kind)
            {
                case FrameKind.Push or FrameKind.Subscribed or FrameKind.Unsubscribed:
                    Take(in frame, text);
                    break;
                case FrameKind.Error:
                    TakeError(in frame);
                    break;
                case FrameKind.Notice:
                    TakeNotice(in frame);
                    break;
                case FrameKind.Malformed:
                    _feed.Unusable("malformed", text);
                    break;
            }
        }
    }

    private void Take(in StreamFrame frame, ReadOnlySpan<byte> text)
    {
        var slot = _ledger.Find(frame.Channel, frame.Symbol);
        if (slot is null)
        {
            if (frame.Kind == FrameKind.Push)
                _feed.Unusable("unknown", text);
            return;
        }

        if (frame.Kind == FrameKind.Unsubscribed)
        {
            _ledger.Leave(slot);
            Signal();
            return;
        }

        if (_ledger.Serve(slot))
        {
            _feed.OnServed(this, slot.Topic);
            Signal();
        }

        if (frame.Kind == FrameKind.Push && slot.State == SlotState.Served)
            _feed.OnPush(slot.Topic, frame.Data);
    }

    private void TakeError(in StreamFrame frame)
    {
        var (code, message) = (Clean(frame.Code), Clean(frame.Message));
        if (_ledger.Refuse(frame.Id, code, message, _ledger.Find(frame.Channel, frame.Symbol)) is { } refused)
            _feed.OnRefused(this, refused.Topic, code, message);
        else
            StreamingLog.Deferred(_context.Logger, _feed.Name, code, message);
        Signal();
        Arm();
    }

    private void TakeNotice(in StreamFrame frame)
    {
        var (code, message) = (Clean(frame.Code), Clean(frame.Message));
        StreamingLog.Noticed(_context.Logger, _feed.Name, code, message);
        if (code == OkxErrorCodes.ServiceUpgrade)
            _outcome.TrySetResult();
    }

    private static string Clean(ReadOnlySpan<byte> text) => ServerText.Clean(Encoding.UTF8.GetString(text));
}
