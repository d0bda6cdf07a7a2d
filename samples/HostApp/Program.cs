using HostApp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using OkxData.Testing;

// A host that keeps a cache of days current, follows minutes as they close, and reports its health. Everything is set in
// hostapp.json, in the environment, or on the command line: -- --HostApp:Live true --HostApp:For 00:05:00
var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
builder.Configuration
    .AddInMemoryCollection([new("OkxData:Caching:Directory", Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "OkxData.HostApp"))])
    .AddJsonFile("hostapp.json", optional: false)
    .AddEnvironmentVariables()
    .AddCommandLine(args);
var section = builder.Configuration.GetSection("HostApp");
var settings = section.Get<HostSettings>()!;
await using var simulator = settings.Live ? null : await OkxSimulator.StartAsync();

var market = builder.Services.AddOkxMarketData(builder.Configuration.GetSection("OkxData"));
market.AddHealthCheck().AddCacheRefresh(refresh =>
{
    refresh.Top = settings.Top;
    foreach (var symbol in settings.Symbols)
        refresh.Symbols.Add(symbol);
});
if (simulator is not null)
    market.UseSimulator(simulator);

builder.Services.AddSingleton(simulator?.Clock ?? TimeProvider.System);
builder.Services.Configure<HostSettings>(section);
builder.Services.AddHostedService<CloseWatcher>();
builder.Services.AddSingleton<IHealthCheckPublisher, HealthReporter>();
builder.Services.Configure<HealthCheckPublisherOptions>(options => (options.Delay, options.Period) = (TimeSpan.FromSeconds(1), settings.HealthEvery));

using var host = builder.Build();
using var end = new CancellationTokenSource();
if (settings.For is { } time)
    end.CancelAfter(time);
await host.RunAsync(end.Token);
